package io.orchscope.logtext;

import io.orchscope.logtext.Remark.Kind;
import io.orchscope.logtext.ReportedError.Likeness;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The one remark of several logs that says most about an error that MDSO has reported.
 *
 * <p>The first of these that tells two remarks apart decides:
 *
 * <ol>
 *   <li>It holds the text of the error, without the wrappers that scripts put around it, or is held
 *       by it; then one that has at least four of five of its words; then all others.
 *   <li>What a device said; then the end of a script, and an exception; then an error; then a
 *       request that went wrong. Warnings and elapsed times count only with the text of the error.
 *   <li>The log that stands first: whoever asks puts that one first in which the error was
 *       reported.
 *   <li>The later line, since a log ends with what ended the script.
 * </ol>
 *
 * <p>The same remarks in the same order have the same answer. Errors: none; where nothing says
 * anything there is no answer.
 *
 * @param log which of the logs, from 0
 */
public record Decisive(int log, Remark remark) {

  /** Ranks of what can be said, the first best. */
  private record Ranked(Decisive decisive, Likeness likeness) {

    boolean counts() {
      return likeness != Likeness.NONE || rank(decisive.remark.kind()) < UNTOLD;
    }
  }

  private static final int UNTOLD = 4;

  private static final Comparator<Ranked> BEST_FIRST =
      Comparator.comparing(Ranked::likeness, Comparator.reverseOrder())
          .thenComparing(ranked -> rank(ranked.decisive.remark.kind()))
          .thenComparing(ranked -> ranked.decisive.log)
          .thenComparing(ranked -> ranked.decisive.remark.line(), Comparator.reverseOrder());

  /**
   * The remark that says most.
   *
   * @param logs the remarks of each, as their digests have them
   * @param error as MDSO reported it, also normalised or cut; blank where nothing was reported
   */
  public static Optional<Decisive> among(List<List<Remark>> logs, String error) {
    return ranked(logs, error).stream().min(BEST_FIRST).map(Ranked::decisive);
  }

  /**
   * The remark that says most of those that do not repeat the error: with it, the reason that MDSO
   * did not report.
   */
  public static Optional<Decisive> besides(List<List<Remark>> logs, String error) {
    return ranked(logs, error).stream()
        .filter(ranked -> ranked.likeness == Likeness.NONE)
        .min(BEST_FIRST)
        .map(Ranked::decisive);
  }

  private static List<Ranked> ranked(List<List<Remark>> logs, String error) {
    ReportedError reported = new ReportedError(error);
    List<Ranked> all = new ArrayList<>();
    for (int log = 0; log < logs.size(); log++) {
      for (Remark remark : logs.get(log)) {
        all.add(new Ranked(new Decisive(log, remark), reported.likenessOf(remark)));
      }
    }
    all.removeIf(ranked -> !ranked.counts());
    return all;
  }

  private static int rank(Kind kind) {
    return switch (kind) {
      case DEVICE_ERROR -> 0;
      case FAILURE, EXCEPTION -> 1;
      case ERROR -> 2;
      case BAD_REPLY -> 3;
      case WARNING, ELAPSED -> UNTOLD;
    };
  }
}
