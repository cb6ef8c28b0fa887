package io.orchscope.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Tells what each orchestration did, from the seed. */
final class Storyteller {

  /** The last shape of domain.md §4.5 that a connectivity check speaks in. */
  private static final int UNREACHABLE = 1;

  private static final List<String> STAGES =
      List.of(
          "circuit_details_collector",
          "network_service_pre_check",
          "service_device_validator",
          "pe_device_onboarder",
          "pe_device_config_validator",
          "pe_bw_profile_configurator",
          "service_fia_provisioner",
          "pe_service_provisioner",
          "cpe_device_onboarder",
          "cpe_device_config_validator",
          "cpe_bw_profile_configurator",
          "service_fre_onboarder",
          "cpe_service_provisioner",
          "network_service_post_check",
          "service_dependency_modifier",
          "network_service_clean_up");

  private static final List<Step> STEPS = STAGES.stream().map(Storyteller::stage).toList();
  private static final Step CONSTANTS =
      new Step("charter.resourceTypes.BpoConstants", "scripts.common_plan.SingletonActivate", "");

  private final Ids ids;
  private final ErrorTexts texts;
  private final SimulatorOptions options;

  Storyteller(Ids ids, ErrorTexts texts, SimulatorOptions options) {
    this.ids = ids;
    this.texts = texts;
    this.options = options;
  }

  /** What an attempt did; the attempts of a sketch are counted from 0, the last is the newest. */
  Story of(Sketch sketch, int attempt) {
    SplittableRandom random = ids.random(sketch.story(), "story" + attempt);
    boolean newest = attempt == sketch.attempts() - 1 || sketch.attempts() == 0;
    boolean fails = newest ? sketch.fails() : !sketch.fails() || random.nextBoolean();
    boolean checks =
        switch (sketch.kind()) {
          case NETWORK_SERVICE -> random.nextDouble() < (fails ? 0.5 : 0.2);
          case DISCONNECT_MAPPER -> fails && random.nextDouble() < 0.7;
          default -> false;
        };
    Plot plot = new Plot(sketch, random, Math.max(6, options.traceEntries()));
    plot.tell(0, top(sketch.kind()), "STARTED", "STARTED PROCESSING", "");
    int around = (checks ? 2 : 0) + 1 + (fails ? 2 : 0);
    int pairs = Math.max(1, (plot.length - 1 - around) / 2);
    for (int i = 0; i < pairs; i++) {
      if (checks && i == pairs / 2) {
        check(plot, sketch, attempt);
      }
      Step step = step(i);
      plot.tell(i + 1, step, "STARTED", "STARTED PROCESSING", "");
      plot.tell(i + 1, step, "COMPLETED", "Completed successfully", "");
    }
    if (!fails) {
      if (!sketch.state().equals("activating") || !newest) {
        plot.tell(0, top(sketch.kind()), "COMPLETED", "Completed successfully", "");
      }
      return new Story(plot.lines, top(sketch.kind()).process, "");
    }
    return failing(plot, sketch, pairs, newest ? sketch.shape() : 1 + random.nextInt(57), attempt);
  }

  private void check(Plot plot, Sketch sketch, int attempt) {
    Step step =
        new Step(
            Story.CONNECTIVITY_CHECK,
            "scripts.deviceconfiguration.deviceconnectivitycheck.Activate",
            "");
    int shape = sketch.kind() == ProductKind.DISCONNECT_MAPPER ? UNREACHABLE : 4;
    String text = error(shape, sketch, attempt);
    plot.tell(0x800, step, "STARTED", "STARTED PROCESSING", "");
    plot.tell(0x800, step, "FAILED", plot.failure(step, 0x800, text), text);
  }

  private Story failing(Plot plot, Sketch sketch, int pairs, int shape, int attempt) {
    Step step = step(pairs + plot.random.nextInt(3));
    Step top = top(sketch.kind());
    String text = error(shape, sketch, attempt);
    boolean silent = sketch.condition() == Sketch.Condition.MESSAGE_ONLY;
    String message = plot.failure(step, pairs + 1, text);
    plot.tell(pairs + 1, step, "STARTED", "STARTED PROCESSING", "");
    plot.tell(pairs + 1, step, "FAILED", message, silent ? "" : text);
    String wrapper = wrapped(message, top, plot.id(pairs + 1));
    plot.tell(0, top, "FAILED", plot.failure(top, 0, wrapper), silent ? "" : wrapper);
    return new Story(plot.lines, top.process, silent ? message : text);
  }

  /** A child's failure as its parent repeats it: text of a known system passes unchanged. */
  private static String wrapped(String message, Step top, String child) {
    String bubble =
        "Resource "
            + child
            + " failed:Failed task:(1) activate: Failed remote script 'activate'(exit code: 1): "
            + message;
    boolean passes =
        message.contains("MDSO | ")
            || message.contains("SEnSE | ")
            || message.contains("Granite | ");
    return passes
        ? bubble
        : "MDSO | Process Error - Exception Raised: class: "
            + top.process
            + " reason: Error: "
            + bubble;
  }

  private String error(int shape, Sketch sketch, int attempt) {
    return texts.text(
        shape,
        Devices.of(ids, sketch.circuit()),
        sketch.circuitName(),
        ids.resource(sketch.index()),
        ids.random(sketch.story(), "error" + shape + "/" + attempt));
  }

  /** Every seventh step is of the script with the short name. */
  private static Step step(int number) {
    return number % 7 == 6 ? CONSTANTS : STEPS.get(number % STEPS.size());
  }

  private static Step stage(String name) {
    String module =
        name.equals("service_device_validator") ? "servicedevicecvalidator" : name.replace("_", "");
    StringBuilder type = new StringBuilder("charter.resourceTypes.");
    for (String word : name.split("_", -1)) {
      type.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
    }
    return new Step(type.toString(), "scripts.networkservice." + module + ".Activate", name);
  }

  private static Step top(ProductKind kind) {
    return new Step(kind.type(), process(kind), "");
  }

  /** The script that runs a resource of this kind. */
  static String process(ProductKind kind) {
    String module =
        kind.productName.substring(0, 1).toLowerCase(Locale.ROOT) + kind.productName.substring(1);
    return "scripts." + module + "." + module + ".Activate";
  }

  /** What an entry is about: the resource's type, the script, the key of its status text. */
  private record Step(String type, String process, String name) {}

  /** A story while it is told. */
  private final class Plot {
    private final Sketch sketch;
    private final SplittableRandom random;
    private final int length;
    private final List<Story.Line> lines = new ArrayList<>();

    private Plot(Sketch sketch, SplittableRandom random, int length) {
      this.sketch = sketch;
      this.random = random;
      this.length = length;
    }

    private void tell(int stage, Step step, String state, String message, String categorized) {
      int elapsed =
          (int) Math.min(sketch.seconds(), (long) lines.size() * sketch.seconds() / (length - 1));
      lines.add(
          new Story.Line(
              stage, step.type, step.process, state, elapsed, message, categorized, step.name));
    }

    private String failure(Step step, int stage, String text) {
      return "Error in "
          + step.process
          + ", "
          + text
          + ".  Please check file: "
          + TraceWriter.logFile(id(stage), sketch.createdAt());
    }

    private String id(int stage) {
      return stage == 0 ? ids.resource(sketch.owner()) : ids.stage(sketch.story(), stage);
    }
  }
}
