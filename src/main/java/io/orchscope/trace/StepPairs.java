package io.orchscope.trace;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.Comparator.comparingLong;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * The runs of one process on one resource: which STARTED belongs to which end.
 *
 * <p>An end belongs to the latest start before it that has none. Both are of the same log file,
 * which is a run's own, unless one of them names none. What is left over then is paired as well
 * when only its times stand in the way; the rest are runs of which one end was lost.
 */
final class StepPairs {

  /** Two ends of a run, or the one that is left. */
  record Pair(Optional<TraceEntry> began, Optional<TraceEntry> ended) {

    TraceEntry first() {
      return began.or(this::ended).orElseThrow();
    }
  }

  private static final Comparator<TraceEntry> BY_TIME =
      comparingLong(TraceEntry::elapsedSeconds).thenComparingInt(TraceEntry::index);

  /** The same in whatever order the entries stand, as long as they differ. */
  private static final Comparator<TraceEntry> BY_CONTENT =
      comparingLong(TraceEntry::elapsedSeconds)
          .thenComparing(TraceEntry::logFile)
          .thenComparing(TraceEntry::state)
          .thenComparing(TraceEntry::message)
          .thenComparing(TraceEntry::categorizedError)
          .thenComparing(comparingInt(TraceEntry::index));

  private final List<TraceEntry> starts = new ArrayList<>();
  private final List<TraceEntry> ends = new ArrayList<>();
  private final List<Pair> pairs = new ArrayList<>();

  private StepPairs() {}

  /** The runs of each process on each resource, in the order of their times. */
  static Collection<List<Pair>> of(List<TraceEntry> entries) {
    Map<List<String>, StepPairs> groups = new LinkedHashMap<>();
    for (TraceEntry entry : withoutRepetitions(entries)) {
      groups
          .computeIfAbsent(
              List.of(entry.resourceId(), entry.process()), resourceAndProcess -> new StepPairs())
          .add(entry);
    }
    return groups.values().stream().map(StepPairs::paired).toList();
  }

  private static List<TraceEntry> withoutRepetitions(List<TraceEntry> entries) {
    Set<TraceEntry> seen = new LinkedHashSet<>();
    return entries.stream().filter(entry -> seen.add(withoutPlace(entry))).toList();
  }

  private static TraceEntry withoutPlace(TraceEntry entry) {
    return new TraceEntry(
        0,
        entry.timestamp(),
        entry.resourceType(),
        entry.resourceId(),
        entry.process(),
        entry.logFile(),
        entry.message(),
        entry.state(),
        entry.elapsedSeconds(),
        entry.categorizedError(),
        entry.resourceName());
  }

  private void add(TraceEntry entry) {
    switch (entry.state()) {
      case "STARTED" -> starts.add(entry);
      case "COMPLETED", "FAILED" -> ends.add(entry);
      // A word that we do not know takes no run's end away from it.
      default -> pairs.add(new Pair(Optional.empty(), Optional.of(entry)));
    }
  }

  private List<Pair> paired() {
    starts.sort(BY_TIME);
    ends.sort(BY_TIME);
    match((start, end) -> start.logFile().equals(end.logFile()));
    match((start, end) -> start.logFile().isEmpty() || end.logFile().isEmpty());
    starts.forEach(start -> pairs.add(new Pair(Optional.of(start), Optional.empty())));
    ends.forEach(end -> pairs.add(new Pair(Optional.empty(), Optional.of(end))));
    pairs.sort(comparing(Pair::first, BY_CONTENT));
    return List.copyOf(pairs);
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
    for (int i = starts.size() - 1; i >= 0; i--) {
      if (like.test(starts.get(i))) {
        return Optional.of(starts.get(i));
      }
    }
    return Optional.empty();
  }

  private Optional<TraceEntry> earliest(Predicate<TraceEntry> like) {
    return starts.stream().filter(like).findFirst();
  }

  private void pair(TraceEntry start, TraceEntry end) {
    starts.remove(start);
    ends.remove(end);
    pairs.add(new Pair(Optional.of(start), Optional.of(end)));
  }
}
