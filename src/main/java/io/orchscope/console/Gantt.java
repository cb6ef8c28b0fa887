package io.orchscope.console;

import io.orchscope.trace.Orchestration;
import io.orchscope.trace.OrchestrationTrace;
import io.orchscope.trace.OverBudgetException;
import io.orchscope.trace.Step;
import io.orchscope.trace.TimeBudget;
import io.orchscope.trace.TimeQuality;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An orchestration as bars over time.
 *
 * <p>Units: bars are in thousandths of its length; durations in whole seconds, as MDSO writes them.
 *
 * @param hidden how many steps more there are than are drawn
 */
public record Gantt(Instant start, Duration length, List<Bar> bars, int hidden, boolean isExact) {

  static final int WIDTH = 1000;

  /** More than a page can show; those that failed are drawn wherever they stand. */
  private static final int MOST = 300;

  private static final int MOST_WITH_FAILED = 1_000;

  /** A page is answered within a moment or without it. */
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private static final int NARROWEST = 3;

  /**
   * A step.
   *
   * @param name short, {@code circuitdetailscollector}
   * @param process in full
   * @param depth how many steps it runs within
   * @param usual how long it took in the orchestration that it is compared with
   */
  public record Bar(
      String name,
      String process,
      String resource,
      int depth,
      long start,
      long seconds,
      int left,
      int width,
      String state,
      boolean isFailed,
      boolean isCritical,
      boolean isTimeKnown,
      String message,
      Optional<Long> usual) {

    /** How much longer it took than usual, in seconds; negative when it was quicker. */
    public Optional<Long> more() {
      return usual.map(other -> seconds - other);
    }

    public String kind() {
      return isFailed ? "failed" : isCritical ? "critical" : "step";
    }
  }

  /**
   * The orchestration of a trace; none when it has no entry, no time, or more steps than can be
   * computed while a reader waits.
   */
  public static Optional<Orchestration> orchestration(OrchestrationTrace trace) {
    try {
      return Orchestration.of(trace, TimeBudget.of(LIMIT));
    } catch (OverBudgetException tooComplex) {
      return Optional.empty();
    }
  }

  /** The bars of an orchestration, beside how long its steps took in another one. */
  public static Gantt of(Orchestration orchestration, Optional<Orchestration> usual) {
    Map<String, Long> others = usual.map(Gantt::seconds).orElse(Map.of());
    long length = Math.max(1, orchestration.length().toSeconds());
    List<Step> steps = orchestration.steps();
    List<Bar> bars = new ArrayList<>();
    int hidden = 0;
    for (Step step : steps) {
      if (bars.size() < (step.hasFailed() ? MOST_WITH_FAILED : MOST)) {
        bars.add(bar(step, depth(steps, step), length, others));
      } else {
        hidden++;
      }
    }
    return new Gantt(
        orchestration.start(),
        orchestration.length(),
        List.copyOf(bars),
        hidden,
        orchestration.quality() == TimeQuality.EXACT);
  }

  private static Bar bar(Step step, int depth, long length, Map<String, Long> others) {
    long from = Math.max(0, step.start().toSeconds());
    long seconds = Math.max(0, step.end().minus(step.start()).toSeconds());
    int left = (int) Math.min(WIDTH - NARROWEST, WIDTH * from / length);
    int width = (int) Math.max(NARROWEST, Math.min(WIDTH - left, WIDTH * seconds / length));
    var entry = step.entry();
    return new Bar(
        brief(entry.process()),
        entry.process(),
        entry.resourceName().isEmpty() ? entry.resourceId() : entry.resourceName(),
        depth,
        from,
        seconds,
        left,
        width,
        step.state(),
        step.hasFailed(),
        step.isCritical(),
        step.quality() == TimeQuality.EXACT,
        entry.words().masked(),
        Optional.ofNullable(others.get(entry.process())));
  }

  /** All that a process took in an orchestration, by its name. */
  private static Map<String, Long> seconds(Orchestration orchestration) {
    Map<String, Long> sums = new HashMap<>();
    for (Step step : orchestration.steps()) {
      long took = Math.max(0, step.end().minus(step.start()).toSeconds());
      sums.merge(step.entry().process(), took, Math::max);
    }
    return sums;
  }

  private static int depth(List<Step> steps, Step step) {
    int depth = 0;
    Step outer = step;
    while (outer.parent().isPresent() && depth < 8) {
      outer = steps.get(outer.parent().getAsInt());
      depth++;
    }
    return depth;
  }

  /**
   * {@code circuitdetailscollector} for {@code
   * scripts.networkservice.circuitdetailscollector.Activate}.
   */
  static String brief(String process) {
    String[] parts = process.split("\\.", -1);
    return parts.length < 2 ? process : parts[parts.length - 2];
  }
}
