package io.orchscope.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How the time of telling the steps of a trace grows with its entries. */
final class TraceGrowthTest {

  private static final int[] SIZES = {1_000, 10_000, 100_000};

  /** Far beyond what any takes, so that the growth is measured to the end. */
  private static final Duration LONG = Duration.ofMinutes(2);

  /** How the runs of a trace lie to each other. */
  enum Shape {
    /** Each of another resource, and each ends after the next one has begun. */
    STAIRS(Integer.MAX_VALUE),
    /** Each of another resource, of any length at any time. */
    OVERLAPPING(Integer.MAX_VALUE),
    /** The same of so many resources. */
    OVERLAPPING_OF_TWO(2),
    OVERLAPPING_OF_TEN(10),
    OVERLAPPING_OF_A_HUNDRED(100),
    /** Each within the one before it, of another resource. */
    NESTED(Integer.MAX_VALUE),
    NESTED_OF_ONE(1),
    NESTED_OF_A_HUNDRED(100),
    /** A process that runs again and again. */
    REPEATED(1),
    REPEATED_OF_A_HUNDRED(100),
    /** The same entries again and again. */
    THE_SAME(Integer.MAX_VALUE),
    /** All starts, then all ends, of one process and one log file. */
    STARTS_FIRST(1),
    /** A script in each of some hundred resources, and those in one. */
    USUAL(200);

    private final int resources;

    Shape(int resources) {
      this.resources = resources;
    }
  }

  @Test
  void givesATraceUpWhoseTimeIsOver() {
    OrchestrationTrace trace = trace(Shape.OVERLAPPING, 10_000);

    assertThatThrownBy(() -> Orchestration.of(trace, TimeBudget.of(Duration.ofNanos(1))))
        .isInstanceOfSatisfying(
            OverBudgetException.class,
            given -> assertThat(given.reason()).isEqualTo(OverBudgetException.Reason.TIME));
  }

  @Test
  void givesATraceUpWhenTheProcessStops() {
    OrchestrationTrace trace = trace(Shape.OVERLAPPING, 10_000);

    assertThatThrownBy(() -> Orchestration.of(trace, TimeBudget.of(LONG, () -> true)))
        .isInstanceOfSatisfying(
            OverBudgetException.class,
            given -> assertThat(given.reason()).isEqualTo(OverBudgetException.Reason.STOPPING));
  }

  @ParameterizedTest
  @EnumSource
  void growsNearlyAsTheEntriesDo(Shape shape) {
    List<Double> millis = new ArrayList<>();
    millis(trace(shape, SIZES[1]));
    for (int size : SIZES) {
      millis.add(millis(trace(shape, size)));
    }

    double exponent = Math.log10(Math.max(1, millis.get(2)) / Math.max(1, millis.get(1)));
    System.out.printf(
        "A11 steps of %s: %d entries %.1f ms, %d entries %.1f ms, %d entries %.1f ms, exponent"
            + " %.2f%n",
        shape, SIZES[0], millis.get(0), SIZES[1], millis.get(1), SIZES[2], millis.get(2), exponent);
    // n log n is 1.1 between these sizes, n² is 2.
    assertThat(exponent).isLessThan(1.7);
  }

  /** Of this thread's processor time, which other work on the machine does not lengthen. */
  private static double millis(OrchestrationTrace trace) {
    long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    assertThat(Orchestration.of(trace, TimeBudget.of(LONG))).isPresent();
    return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun) / 1e6;
  }

  private static OrchestrationTrace trace(Shape shape, int size) {
    return new OrchestrationTrace(
        "t",
        "",
        "f3a9",
        "r0",
        "activate",
        "",
        Optional.of(Instant.parse("2024-03-01T14:06:19Z")),
        Optional.empty(),
        entries(shape, size),
        new byte[0]);
  }

  private static List<TraceEntry> entries(Shape shape, int size) {
    Random random = new Random(1);
    int runs = size / 2;
    List<TraceEntry> starts = new ArrayList<>();
    List<TraceEntry> ends = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      long from = from(shape, run, runs, random);
      long to = to(shape, run, runs, from, random);
      String resource = "r" + run % shape.resources;
      String process = shape.name().startsWith("REPEATED") ? "p" : "p" + run / shape.resources % 3;
      if (shape == Shape.THE_SAME) {
        resource = "r" + run % 5;
        process = "p";
      }
      starts.add(StepNestingTest.entry(0, resource, process, "", "STARTED", from));
      ends.add(StepNestingTest.entry(0, resource, process, "", "COMPLETED", to));
    }
    if (shape != Shape.REPEATED && shape != Shape.STARTS_FIRST) {
      Collections.reverse(ends);
    }
    List<TraceEntry> all = new ArrayList<>(starts);
    all.addAll(ends);
    if (shape != Shape.STARTS_FIRST) {
      all.sort(java.util.Comparator.comparingLong(TraceEntry::elapsedSeconds));
    }
    List<TraceEntry> entries = new ArrayList<>();
    for (TraceEntry it : all) {
      entries.add(
          StepNestingTest.entry(
              entries.size(), it.resourceId(), it.process(), "", it.state(), it.elapsedSeconds()));
    }
    return entries;
  }

  private static long from(Shape shape, int run, int runs, Random random) {
    return switch (shape) {
      case OVERLAPPING, OVERLAPPING_OF_TWO, OVERLAPPING_OF_TEN, OVERLAPPING_OF_A_HUNDRED ->
          random.nextInt(runs);
      case THE_SAME -> 0;
      case REPEATED, REPEATED_OF_A_HUNDRED, USUAL -> 2L * run;
      default -> run;
    };
  }

  private static long to(Shape shape, int run, int runs, long from, Random random) {
    return switch (shape) {
      case STAIRS, STARTS_FIRST -> (long) runs + run;
      case NESTED, NESTED_OF_ONE, NESTED_OF_A_HUNDRED -> 2L * runs - run;
      case THE_SAME -> 9;
      case REPEATED, REPEATED_OF_A_HUNDRED -> from + 1;
      case USUAL -> run % 200 == 0 ? from + 398 : from + 1 + run % 7;
      default -> from + random.nextInt(runs);
    };
  }
}
