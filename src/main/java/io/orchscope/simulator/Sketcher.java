package io.orchscope.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decides from the seed what each resource is, in which state, and how it failed. */
final class Sketcher {

  static final int PAUSE_SECONDS = 60;

  static final Duration SPREAD = Duration.ofHours(20);
  private static final Duration QUIET = Duration.ofMinutes(30);
  private static final Pattern CIRCUIT = Pattern.compile("\\d\\d\\.L(\\d)XX\\.(\\d{6})\\.");

  private final Ids ids;
  private final Layout layout;
  private final SimulatorOptions options;
  private final Instant start;
  private final IntFunction<Instant> arrivals;

  /**
   * Draws nothing yet.
   *
   * @param arrivals when the resources came that were not there at the start, by their place
   */
  Sketcher(
      Ids ids,
      Layout layout,
      SimulatorOptions options,
      Instant start,
      IntFunction<Instant> arrivals) {
    this.ids = ids;
    this.layout = layout;
    this.options = options;
    this.start = start;
    this.arrivals = arrivals;
  }

  /** The resource of a number, and of that number in every world with this seed and size. */
  Sketch of(int index, boolean settled) {
    ProductKind kind = layout.kindOf(index);
    boolean runsNext = isRunByParent(index + 1);
    boolean isRun = isRunByParent(index);
    int story = runsNext ? index + 1 : index;
    int owner = isRun ? index - 1 : index;
    SplittableRandom random = ids.random(story, "fate");
    String state = state(random.nextDouble(), random.nextDouble(), index, settled);
    Sketch.Condition condition = condition(kind, state, random.nextDouble());
    int shape = random.nextDouble() < 0.04 ? 0 : 1 + random.nextInt(ErrorTexts.SHAPES);
    boolean arrived = index >= options.resources();
    boolean again = random.nextDouble() < 0.12 && !arrived;
    boolean traced = condition != Sketch.Condition.NONE && condition != Sketch.Condition.LOST;
    int attempts = !traced ? 0 : again && condition == Sketch.Condition.WHOLE ? 2 : 1;
    int circuit = circuitNumber(index);
    return new Sketch(
        index,
        kind,
        circuit,
        circuitName(circuit),
        state,
        condition,
        owner,
        story,
        shape,
        attempts,
        createdAt(index),
        arrived ? 1 : random.nextInt(30, 420));
  }

  /** The name of a circuit; a few have an infix, a prefix or a leg. */
  String circuitName(int circuit) {
    SplittableRandom random = ids.random(circuit, "circuit");
    String core =
        (10 + random.nextInt(90))
            + ".L"
            + circuit / 1_000_000
            + "XX."
            + Integer.toString(1_000_000 + circuit % 1_000_000).substring(1)
            + ".";
    int form = random.nextInt(100);
    if (layout.kindOf(circuit) == ProductKind.MULTI_LEG_CIRCUIT) {
      return core + ".TEST-" + (form % 2 == 0 ? "PRIMARY" : "SECONDARY");
    }
    return form < 2 ? core + "ABC.TEST" : form < 4 ? "FRE_" + core + ".TEST" : core + ".TEST";
  }

  /** The number of the circuit whose name stands somewhere in the text. */
  OptionalInt circuitNamedIn(String text) {
    Matcher circuit = CIRCUIT.matcher(text);
    return circuit.find()
        ? OptionalInt.of(
            Integer.parseInt(circuit.group(1)) * 1_000_000 + Integer.parseInt(circuit.group(2)))
        : OptionalInt.empty();
  }

  /** Whether the resource before this one is a parent that runs it and owns the trace. */
  private boolean isRunByParent(int index) {
    return index % 2 == 1
        && index != options.resources()
        && layout.kindOf(index - 1).runs(layout.kindOf(index))
        && ids.random(index, "family").nextDouble() < 0.8;
  }

  private int circuitNumber(int index) {
    if (index % 2 == 0
        || layout.kindOf(index) == ProductKind.MULTI_LEG_CIRCUIT
        || layout.kindOf(index - 1) == ProductKind.MULTI_LEG_CIRCUIT) {
      return index;
    }
    boolean shares =
        isRunByParent(index)
            || (layout.kindOf(index - 1).hasCircuit
                && layout.kindOf(index - 1) != layout.kindOf(index)
                && ids.random(index, "family").nextDouble() > 0.9);
    return shares ? index - 1 : index;
  }

  private String state(double fate, double end, int index, boolean settled) {
    if (index >= options.resources() || fate < options.failureShare()) {
      return "failed";
    }
    double rest = (fate - options.failureShare()) / (1 - options.failureShare());
    if (rest < 0.06) {
      return !settled ? "activating" : end < options.failureShare() ? "failed" : "active";
    }
    return rest < 0.09 ? "requested" : rest < 0.12 ? "terminated" : "active";
  }

  private static Sketch.Condition condition(ProductKind kind, String state, double draw) {
    if (!kind.hasTrace || state.equals("requested")) {
      return Sketch.Condition.NONE;
    }
    if (!state.equals("failed") || draw >= 0.15) {
      return Sketch.Condition.WHOLE;
    }
    return draw < 0.05
        ? Sketch.Condition.LOST
        : draw < 0.08 ? Sketch.Condition.GARBLED : Sketch.Condition.MESSAGE_ONLY;
  }

  private Instant createdAt(int index) {
    if (index >= options.resources()) {
      return arrivals.apply(index - options.resources()).minusSeconds(2);
    }
    double share = (double) index / options.resources();
    long range = SPREAD.minus(QUIET).toMillis();
    return start.minus(SPREAD).plusMillis((long) (share * range));
  }
}
