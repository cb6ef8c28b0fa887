package io.orchscope.trace;

import static java.util.Comparator.comparing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** From the entries of an orchestration trace to its steps. */
final class StepReader {

  private StepReader() {}

  /** In the order of their starts, so that a step stands after the one within which it ran. */
  static List<Step> read(List<TraceEntry> entries, TimeBudget budget) {
    List<Step> steps = new ArrayList<>();
    for (List<StepPairs.Pair> runs : StepPairs.of(entries, budget)) {
      for (int run = 0; run < runs.size(); run++) {
        steps.add(step(runs.get(run), run));
      }
    }
    steps.sort(comparing(Step::start).thenComparing(Step::firstIndex));
    return CriticalPath.mark(StepNesting.nest(steps, budget));
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
}
