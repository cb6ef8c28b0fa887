package io.orchscope.trace;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.Comparator.comparingLong;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

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
  private final TimeBudget budget;

  private StepPairs(TimeBudget budget) {
    this.budget = budget;
  }

  /** The runs of each process on each resource, in the order of their times. */
  static Collection<List<Pair>> of(List<TraceEntry> entries, TimeBudget budget) {
    Map<List<String>, StepPairs> groups = new LinkedHashMap<>();
    for (TraceEntry entry : withoutRepetitions(entries)) {
      budget.spend();
      groups
          .computeIfAbsent(
              List.of(entry.resourceId(), entry.process()),
              resourceAndProcess -> new StepPairs(budget))
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
    ends.sort(BY_TIME);
    OpenStarts open = new OpenStarts(starts);
    List<TraceEntry> left = match(ends, open, end -> open.of(end.logFile()));
    left = match(left, open, end -> end.logFile().isEmpty() ? open.all() : open.of(""));
    open.all().forEach(start -> pairs.add(new Pair(Optional.of(start), Optional.empty())));
    left.forEach(end -> pairs.add(new Pair(Optional.empty(), Optional.of(end))));
    pairs.sort(comparing(Pair::first, BY_CONTENT));
    return List.copyOf(pairs);
  }

  /** Pairs ends with the starts that they may belong to; returns the ends that are left. */
  private List<TraceEntry> match(
      List<TraceEntry> among,
      OpenStarts open,
      Function<TraceEntry, NavigableSet<TraceEntry>> candidates) {
    List<TraceEntry> late = new ArrayList<>();
    for (TraceEntry end : among) {
      NavigableSet<TraceEntry> starts = candidates.apply(end);
      Optional<TraceEntry> start =
          Optional.ofNullable(starts.lower(end))
              .or(
                  () ->
                      Optional.ofNullable(starts.ceiling(end))
                          .filter(next -> next.elapsedSeconds() == end.elapsedSeconds()));
      pair(start, end, open, late);
    }
    List<TraceEntry> left = new ArrayList<>();
    for (TraceEntry end : late) {
      NavigableSet<TraceEntry> starts = candidates.apply(end);
      pair(starts.isEmpty() ? Optional.empty() : Optional.of(starts.first()), end, open, left);
    }
    return left;
  }

  private void pair(
      Optional<TraceEntry> start, TraceEntry end, OpenStarts open, List<TraceEntry> left) {
    budget.spend();
    if (start.isPresent()) {
      open.remove(start.get());
      pairs.add(new Pair(start, Optional.of(end)));
    } else {
      left.add(end);
    }
  }

  /** The starts that have no end yet, by time: all of them, and those of each log file. */
  private static final class OpenStarts {

    private static final NavigableSet<TraceEntry> NONE =
        Collections.unmodifiableNavigableSet(new TreeSet<>(BY_TIME));

    private final NavigableSet<TraceEntry> all = new TreeSet<>(BY_TIME);
    private final Map<String, NavigableSet<TraceEntry>> byLogFile = new HashMap<>();

    OpenStarts(List<TraceEntry> starts) {
      for (TraceEntry start : starts) {
        all.add(start);
        byLogFile.computeIfAbsent(start.logFile(), logFile -> new TreeSet<>(BY_TIME)).add(start);
      }
    }

    NavigableSet<TraceEntry> all() {
      return all;
    }

    NavigableSet<TraceEntry> of(String logFile) {
      return byLogFile.getOrDefault(logFile, NONE);
    }

    void remove(TraceEntry start) {
      all.remove(start);
      of(start.logFile()).remove(start);
    }
  }
}
