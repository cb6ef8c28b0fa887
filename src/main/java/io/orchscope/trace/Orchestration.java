package io.orchscope.trace;

import io.orchscope.circuit.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What MDSO did in one attempt, step by step, with true times.
 *
 * <p>Units: {@code start} is UTC; steps count from it, in whole seconds.
 *
 * @param start of the attempt
 * @param quality how well that is known; the distances between steps do not depend on it
 * @param length from the start to the last entry
 * @param steps in the order of their starts, each with its parent and whether it is critical
 */
public record Orchestration(
    OrchestrationTrace trace,
    Instant start,
    TimeQuality quality,
    Duration length,
    List<Step> steps) {

  /** A trace's own start and the making of its TraceLog are seconds apart. */
  private static final Duration FARTHEST = Duration.ofDays(1);

  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  /**
   * The orchestration that a trace records; none when it has no entry or no time at all.
   *
   * <p>Where MDSO wrote no start, or one that is a day and more away from when it made the
   * TraceLog, that moment stands in.
   *
   * <p>Errors: {@link OverBudgetException} when the steps cannot be computed within {@link
   * TimeBudget#USUAL}.
   */
  public static Optional<Orchestration> of(OrchestrationTrace trace) {
    return of(trace, TimeBudget.of(TimeBudget.USUAL));
  }

  /** The same within another time. Errors: {@link OverBudgetException} when that is over. */
  public static Optional<Orchestration> of(OrchestrationTrace trace, TimeBudget budget) {
    if (trace.entries().isEmpty()) {
      return Optional.empty();
    }
    Optional<Instant> start = trace.start().filter(Orchestration::isPlausible);
    Optional<Instant> made = trace.createdAt().filter(Orchestration::isPlausible);
    boolean agree =
        start.isEmpty()
            || made.isEmpty()
            || Duration.between(start.get(), made.get()).abs().compareTo(FARTHEST) <= 0;
    TimeQuality quality =
        trace.start().isEmpty()
            ? TimeQuality.MISSING
            : start.isPresent() && agree ? TimeQuality.EXACT : TimeQuality.CLAMPED;
    return (quality == TimeQuality.EXACT ? start : made)
        .map(moment -> from(trace, moment, quality, budget));
  }

  private static Orchestration from(
      OrchestrationTrace trace, Instant start, TimeQuality quality, TimeBudget budget) {
    List<Step> steps = StepReader.read(trace.entries(), budget);
    Duration length = steps.stream().map(Step::end).max(Duration::compareTo).orElse(Duration.ZERO);
    return new Orchestration(trace, start, quality, length, steps);
  }

  /**
   * Whether MDSO is done with it: the resource that the action was asked of has written how its
   * process ended, or that resource is in a state that lasts. The latter counts only if it is the
   * one that we know; what a parent was asked for goes on when a child is done.
   */
  public boolean isTerminal(Resource known) {
    boolean isAskedOf =
        trace.originationId().isEmpty() || trace.originationId().equals(known.id().value());
    return top().filter(Step::hasEnded).isPresent()
        || (isAskedOf && known.orchState().isTerminal());
  }

  /** Whether the whole has failed; a step may fail by design, as a connectivity check does. */
  public boolean hasFailed() {
    Optional<Step> top = top().filter(Step::hasEnded);
    return top.isPresent() ? top.get().hasFailed() : steps.stream().anyMatch(Step::hasFailed);
  }

  /**
   * The last run of the process that the action itself is: the first one on the resource that it
   * was asked of. None when all its entries were lost.
   */
  public Optional<Step> top() {
    String resource =
        trace.originationId().isEmpty() ? steps.get(0).entry().resourceId() : trace.originationId();
    Optional<Step> first =
        steps.stream().filter(step -> step.entry().resourceId().equals(resource)).findFirst();
    return first.flatMap(
        it ->
            steps.stream()
                .filter(step -> step.entry().resourceId().equals(resource))
                .filter(step -> step.entry().process().equals(it.entry().process()))
                .reduce((earlier, later) -> later));
  }

  private static boolean isPlausible(Instant moment) {
    return moment.isAfter(EARLIEST) && moment.isBefore(LATEST);
  }
}
