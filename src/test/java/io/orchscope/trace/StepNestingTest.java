package io.orchscope.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The quick pairing and nesting find what the plain ones find. */
final class StepNestingTest {

  private static final Duration LONG = Duration.ofMinutes(5);

  @Property(tries = 800)
  void findsTheParentsThatThePlainRuleFinds(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 60) int runs,
      @ForAll @IntRange(min = 1, max = 60) int resources,
      @ForAll @IntRange(min = 1, max = 90) int seconds) {
    List<TraceEntry> entries = entries(random, runs, resources, seconds);

    List<Step> steps = StepReader.read(entries, TimeBudget.of(LONG));

    assertThat(steps.stream().map(Step::parent)).isEqualTo(PlainNesting.parents(steps));
  }

  @Property(tries = 800)
  void pairsAsThePlainRuleDoes(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 60) int runs,
      @ForAll @IntRange(min = 1, max = 90) int seconds) {
    List<TraceEntry> entries = new ArrayList<>();
    for (int i = 0; i < 2 * runs; i++) {
      String state = random.nextBoolean() ? "STARTED" : "COMPLETED";
      String logFile = random.nextInt(3) == 0 ? "" : "log-" + random.nextInt(4);
      entries.add(entry(i, "r", "p", logFile, state, random.nextInt(seconds)));
    }

    Collection<List<StepPairs.Pair>> found = StepPairs.of(entries, TimeBudget.of(LONG));

    List<TraceEntry> distinct = found.stream().flatMap(List::stream).flatMap(this::both).toList();
    Set<StepPairs.Pair> pairs = new HashSet<>(found.iterator().next());
    pairs.removeIf(pair -> pair.began().isEmpty() || pair.ended().isEmpty());
    assertThat(pairs).isEqualTo(Set.copyOf(PlainNesting.pairs(distinct)));
  }

  private java.util.stream.Stream<TraceEntry> both(StepPairs.Pair pair) {
    return java.util.stream.Stream.concat(pair.began().stream(), pair.ended().stream());
  }

  /** Runs of any length, some without an end, a start or a time; in the order of time or not. */
  static List<TraceEntry> entries(Random random, int runs, int resources, int seconds) {
    List<TraceEntry> entries = new ArrayList<>();
    int processes = 1 + random.nextInt(3);
    boolean nested = random.nextBoolean();
    for (int run = 0; run < runs; run++) {
      String resource = "r" + random.nextInt(resources);
      String process = "p" + random.nextInt(processes);
      long from = nested ? Math.min(run, seconds) : random.nextInt(seconds);
      long to = nested ? from + 2L * (runs - run) : from + random.nextInt(seconds);
      int spoilt = random.nextInt(20);
      if (spoilt != 0) {
        entries.add(entry(0, resource, process, "", "STARTED", from));
      }
      if (spoilt != 1) {
        long end = spoilt == 2 ? TraceEntry.NO_TIME : to;
        entries.add(entry(0, resource, process, "", spoilt == 3 ? "RUNNING" : "COMPLETED", end));
      }
    }
    if (random.nextInt(4) == 0) {
      Collections.shuffle(entries, random);
    } else {
      entries.sort(java.util.Comparator.comparingLong(TraceEntry::elapsedSeconds));
    }
    IntStream.range(0, entries.size())
        .forEach(
            i -> {
              TraceEntry it = entries.get(i);
              entries.set(
                  i,
                  entry(
                      i,
                      it.resourceId(),
                      it.process(),
                      it.logFile(),
                      it.state(),
                      it.elapsedSeconds()));
            });
    return entries;
  }

  static TraceEntry entry(
      int index, String resource, String process, String logFile, String state, long elapsed) {
    return new TraceEntry(
        index, "", "", resource, process, logFile, "", state, elapsed, "", resource);
  }
}
