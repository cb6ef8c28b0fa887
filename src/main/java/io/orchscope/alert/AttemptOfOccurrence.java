package io.orchscope.alert;

import io.orchscope.defect.Occurrence;
import io.orchscope.trace.FoundError;
import io.orchscope.trace.OrchestrationTrace;
import io.orchscope.trace.TraceSearch;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * Which of a circuit's orchestration traces an occurrence belongs to, and when it says the error
 * was.
 *
 * <p>The occurrence's key names its orchestration trace; where it names none of them, as for the
 * resource's own reason, the newest is taken.
 *
 * @param traceId MDSO's; none when no trace was found or it has none
 * @param occurredAt start of the trace and elapsed time of the entry; none when either is missing
 */
record AttemptOfOccurrence(Optional<String> traceId, Optional<Instant> occurredAt) {

  static AttemptOfOccurrence of(Occurrence occurrence, TraceSearch search) {
    Optional<OrchestrationTrace> attempt =
        search.attempts().stream()
            .filter(trace -> !trace.traceId().isEmpty())
            .filter(trace -> occurrence.key().contains(trace.traceId()))
            .findFirst()
            .or(
                () ->
                    search.attempts().stream()
                        .max(Comparator.comparing(AttemptOfOccurrence::began)));
    return new AttemptOfOccurrence(
        attempt.map(OrchestrationTrace::traceId).filter(id -> !id.isEmpty()),
        attempt.flatMap(trace -> occurredAt(trace, occurrence.error())));
  }

  private static Optional<Instant> occurredAt(OrchestrationTrace trace, FoundError error) {
    return trace.entries().stream()
        .filter(entry -> entry.index() == error.entryIndex())
        .findFirst()
        .flatMap(
            entry ->
                trace.start().map(start -> start.plusSeconds(Math.max(0, entry.elapsedSeconds()))));
  }

  private static Instant began(OrchestrationTrace trace) {
    return trace.start().or(trace::createdAt).orElse(Instant.MIN);
  }
}
