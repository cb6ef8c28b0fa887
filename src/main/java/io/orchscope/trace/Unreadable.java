package io.orchscope.trace;

import static java.util.stream.Collectors.joining;

import io.orchscope.trace.TraceSearch.Lookup;
import java.util.Locale;
import java.util.Optional;

/**
 * Why the trace of a circuit cannot be trusted to tell the whole truth, or any.
 *
 * @param detail one line for an engineer, without any of MDSO's text
 */
public record Unreadable(Reason reason, String detail) {

  /** The closed set of reasons, fit for metrics. */
  public enum Reason {
    /** Every look-up was answered and none found a TraceLog. */
    NO_TRACE,
    /** The newest TraceLog, or every reply, could not be read in full. */
    GARBLED,
    /** Some TraceLogs were left unread, so that a newer attempt may be among them. */
    INCOMPLETE;

    /** The word in metrics and the ledger. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** What is to be said of a search; nothing while it is open or when it owes no trace. */
  static Optional<Unreadable> of(TraceSearch search) {
    if (!search.ownsTrace() || search.isOpen()) {
      return Optional.empty();
    }
    if (search.attempts().isEmpty() && search.garbled().isEmpty()) {
      return Optional.of(new Unreadable(Reason.NO_TRACE, whatWasAsked(search)));
    }
    if (search.attempts().isEmpty() || search.isGarbled(search.attempts().get(0))) {
      return Optional.of(new Unreadable(Reason.GARBLED, search.garbled().orElse("")));
    }
    return search.incomplete()
        ? Optional.of(new Unreadable(Reason.INCOMPLETE, search.garbled().orElse("")))
        : Optional.empty();
  }

  private static String whatWasAsked(TraceSearch search) {
    String none = "no look-up found a TraceLog";
    return search.skipped().isEmpty()
        ? none
        : none
            + "; not asked, because MDSO's filters cannot express the id: "
            + search.skipped().stream().map(Lookup::word).collect(joining(", "));
  }

  /** The reason's word and the detail, {@code no-trace: …}. */
  public String text() {
    return reason.word() + ": " + detail;
  }
}
