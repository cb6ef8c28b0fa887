package io.orchscope.trace;

import static java.util.Comparator.comparing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** From the entries of an orchestration trace to its steps. */
final class StepReader {

  private StepReader() {}

  /** In the order of their starts, so that a step stands after the one within which it ran. */
  static List<Step> read(List<TraceEntry> entries) {
    List<Step> steps = new ArrayList<>();
    for (List<StepPairs.Pair> runs : StepPairs.of(entries)) {
      for (int run = 0; run < runs.size(); run++) {
        steps.add(step(runs.get(run), run));
      }
    }
    steps.sort(comparing(Step::start).thenComparing(Step::firstIndex));
    steps.replaceAll(step -> step.within(parent(step, steps)));
    return CriticalPath.mark(steps);
  }

  private static Step step(StepPairs.Pair run, int number) {
    Optional<Duration> start = run.began().flatMap(StepReader::time);
    Optional<Duration> end = run.ended().flatMap(StepReader::time);
    TimeQuality quality = quality(start, end);
    Duration known =
        start
            .filter(time -> !time.isNegative())
            .or(() -> end.filter(time -> !time.isNegative()))
            .orElse(Duration.ZERO);
    TraceEntry entry = run.first();
    return new Step(
        // With the length of the first part, so that no two read alike.
        entry.resourceId().length()
            + "|"
            + entry.resourceId()
            + "|"
            + entry.process()
            + "|"
            + number,
        run.began(),
        run.ended(),
        known,
        quality == TimeQuality.EXACT ? end.orElse(known) : known,
        quality,
        OptionalInt.empty(),
        false);
  }

  private static Optional<Duration> time(TraceEntry entry) {
    return entry.elapsedSeconds() == TraceEntry.NO_TIME
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds(entry.elapsedSeconds()));
  }

  private static TimeQuality quality(Optional<Duration> start, Optional<Duration> end) {
    if (start.isEmpty() || end.isEmpty()) {
      return TimeQuality.MISSING;
    }
    boolean isSound = !start.get().isNegative() && start.get().compareTo(end.get()) <= 0;
    return isSound ? TimeQuality.EXACT : TimeQuality.CLAMPED;
  }

  /**
   * The smallest step of another resource that encloses it; where some that enclose it overlap in
   * part, so that the smallest may as well be a neighbour, the smallest that encloses those.
   *
   * <p>A resource has one parent. So what runs within another resource's time now, and beside it at
   * its next run, only ran at the same time.
   */
  private static OptionalInt parent(Step step, List<Step> steps) {
    List<Step> around =
        steps.stream()
            .filter(other -> !resource(other).equals(resource(step)) && other.encloses(step))
            .filter(other -> isParent(resource(other), resource(step), steps))
            .sorted(
                comparing((Step other) -> other.end().minus(other.start()))
                    .thenComparing(Step::firstIndex, Comparator.reverseOrder()))
            .toList();
    return around.stream()
        .filter(each -> around.stream().allMatch(other -> areNested(each, other)))
        .findFirst()
        .map(found -> OptionalInt.of(placeOf(found, steps)))
        .orElse(OptionalInt.empty());
  }

  /** Whether each step of the one, as far as its times are known, ran within one of the other. */
  private static boolean isParent(String other, String one, List<Step> steps) {
    return steps.stream()
        .filter(step -> resource(step).equals(one) && step.quality() == TimeQuality.EXACT)
        .allMatch(
            step ->
                steps.stream()
                    .anyMatch(each -> resource(each).equals(other) && each.encloses(step)));
  }

  private static boolean areNested(Step one, Step other) {
    return one.key().equals(other.key()) || one.encloses(other) || other.encloses(one);
  }

  private static int placeOf(Step step, List<Step> steps) {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).key().equals(step.key())) {
        return i;
      }
    }
    throw new IllegalStateException("A step encloses another and is not among them.");
  }

  private static String resource(Step step) {
    return step.entry().resourceId();
  }
}
