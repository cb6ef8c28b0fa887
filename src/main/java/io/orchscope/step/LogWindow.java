package io.orchscope.step;

import io.orchscope.evidence.StoredVerdict;
import io.orchscope.evidence.Verdict;
import io.orchscope.hostlog.PlanLogsWanted;
import io.orchscope.trace.OrchestrationTrace;
import io.orchscope.trace.TraceEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * From when to when an attempt was worked on, and by which names its logs are known.
 *
 * <p>Units: UTC. The trace counts whole seconds, and clocks of hosts differ, so it is wider by
 * {@link #SLACK} at both ends.
 *
 * @param names of logs that the trace's entries name
 * @param ids of the resource and of whatever asked for it
 */
record LogWindow(Instant from, Instant to, Set<String> names, Set<String> ids) {

  /** How far clocks and the end of a script may be apart. */
  static final Duration SLACK = Duration.ofSeconds(90);

  /** A resource that is older was not created by what failed, but changed. */
  private static final Duration LONGEST_CREATION = Duration.ofHours(6);

  private static final Duration USUAL_CHANGE = Duration.ofHours(1);

  static LogWindow of(StoredVerdict stored, Optional<OrchestrationTrace> trace) {
    Verdict.Subject resource = stored.verdict().resource();
    Instant begun = begun(stored.verdict(), trace);
    Instant ended = trace.flatMap(it -> it.start().flatMap(start -> last(start, it))).orElse(begun);
    Instant updated = resource.updatedAt();
    // A trace that ends early says nothing of what came after; the resource does.
    boolean isOfThisAttempt = updated.isBefore(begun.plus(Duration.ofHours(1)));
    Instant end = isOfThisAttempt && updated.isAfter(ended) ? updated : ended;
    Set<String> names = new LinkedHashSet<>();
    Set<String> ids = new LinkedHashSet<>();
    ids.add(resource.id());
    trace.ifPresent(
        it -> Stream.of(it.originationId()).filter(id -> !id.isBlank()).forEach(ids::add));
    trace.ifPresent(
        it ->
            it.entries().stream()
                .map(TraceEntry::logFile)
                .filter(name -> !name.isBlank())
                .forEach(names::add));
    return new LogWindow(begun.minus(SLACK), end.plus(SLACK), names, ids);
  }

  /** Without a trace an attempt is known by its end: the resource's last change. */
  private static Instant begun(Verdict verdict, Optional<OrchestrationTrace> trace) {
    Instant known = verdict.attemptedAt();
    if (trace.isPresent()) {
      return known;
    }
    Instant created = verdict.resource().createdAt();
    boolean isNew = created.isBefore(known) && created.isAfter(known.minus(LONGEST_CREATION));
    return isNew ? created : known.minus(USUAL_CHANGE);
  }

  private static Optional<Instant> last(Instant start, OrchestrationTrace trace) {
    return trace.entries().stream()
        .map(TraceEntry::elapsedSeconds)
        .filter(seconds -> seconds != TraceEntry.NO_TIME && seconds >= 0 && seconds < 604_800)
        .max(Long::compare)
        .map(start::plusSeconds);
  }

  PlanLogsWanted planLogs() {
    return new PlanLogsWanted(names, ids, from, to);
  }
}
