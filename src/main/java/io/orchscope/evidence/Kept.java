package io.orchscope.evidence;

import io.orchscope.hostlog.LogGap;
import java.util.Locale;
import java.util.Optional;

/**
 * What became of a text that was to be kept.
 *
 * @param artifact its name in the folder, the one in the manifest; none when nothing of it came
 * @param originalBytes how much of the original is kept
 * @param masked secrets that were taken out
 * @param gap why it is not whole
 */
public record Kept(
    Status status,
    Optional<String> artifact,
    long originalBytes,
    long masked,
    Optional<LogGap> gap) {

  /** How it went. */
  public enum Status {
    /** It is in place, to its end. */
    KEPT,
    /** It broke off; the next try goes on from there where the host allows it. */
    PARTIAL,
    /** It is in place and there is nothing in it. */
    EMPTY,
    /** It was in place, and is as it was. */
    ALREADY_KEPT;

    /** The word for people and for manifests. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
