package io.orchscope.trace;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * Pairing and nesting as the rules say it, with a loop over all for each: what the quick ones are
 * compared with.
 */
final class PlainNesting {

  private static final Comparator<TraceEntry> BY_TIME =
      comparingLong(TraceEntry::elapsedSeconds).thenComparingInt(TraceEntry::index);

  private final List<TraceEntry> starts = new ArrayList<>();
  private final List<TraceEntry> ends = new ArrayList<>();
  private final List<StepPairs.Pair> pairs = new ArrayList<>();

  private PlainNesting() {}

  /** The pairs of one process on one resource, without those that are left. */
  static List<StepPairs.Pair> pairs(List<TraceEntry> entries) {
    PlainNesting plain = new PlainNesting();
    for (TraceEntry entry : entries) {
      (entry.state().equals("STARTED") ? plain.starts : plain.ends).add(entry);
    }
    plain.starts.sort(BY_TIME);
    plain.ends.sort(BY_TIME);
    plain.match((start, end) -> start.logFile().equals(end.logFile()));
    plain.match((start, end) -> start.logFile().isEmpty() || end.logFile().isEmpty());
    return plain.pairs;
  }

  private void match(BiPredicate<TraceEntry, TraceEntry> belong) {
    for (TraceEntry end : List.copyOf(ends)) {
      Predicate<TraceEntry> isBefore = start -> BY_TIME.compare(start, end) < 0;
      latest(isBefore.and(start -> belong.test(start, end)))
          .or(
              () ->
                  earliest(
                      start ->
                          start.elapsedSeconds() == end.elapsedSeconds()
                              && belong.test(start, end)))
          .ifPresent(start -> pair(start, end));
    }
    for (TraceEntry end : List.copyOf(ends)) {
      earliest(start -> belong.test(start, end)).ifPresent(start -> pair(start, end));
    }
  }

  private Optional<TraceEntry> latest(Predicate<TraceEntry> like) {
    return starts.stream().filter(like).reduce((earlier, later) -> later);
  }

  private Optional<TraceEntry> earliest(Predicate<TraceEntry> like) {
    return starts.stream().filter(like).findFirst();
  }

  private void pair(TraceEntry start, TraceEntry end) {
    starts.remove(start);
    ends.remove(end);
    pairs.add(new StepPairs.Pair(Optional.of(start), Optional.of(end)));
  }

  /** The parent of each step. */
  static List<OptionalInt> parents(List<Step> steps) {
    return steps.stream().map(step -> parent(step, steps)).toList();
  }

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
        .map(found -> OptionalInt.of(steps.indexOf(found)))
        .orElse(OptionalInt.empty());
  }

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

  private static String resource(Step step) {
    return step.entry().resourceId();
  }
}
