package io.orchscope.simulator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which logs plan scripts have left on which host. Source: domain.md §5.2. */
final class PlanLogs {

  /** How many folders of plan logs a host has. */
  static final int FOLDERS = 2;

  private static final int KEPT = 64;

  /** Of a stage that no trace names. */
  private static final int CONSTANTS = 0x900;

  private static final int SMALLEST = 7_168;
  private static final int SPREAD = 8_192;

  /** More for what begins with a whole resource, and again for each entry of the trace. */
  private static final int MORE = 3_072;

  private static final int EACH = 300;

  private static final Pattern NAME =
      Pattern.compile("plan-script-([0-9a-f-]{36})-activate-[0-9TZ:.-]+?(\\.gz)?");

  private final Inventory inventory;
  private final Ids ids;
  private final int hosts;
  private final Map<String, List<PlanLog>> lately =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, List<PlanLog>> eldest) {
              return size() > KEPT;
            }
          });

  PlanLogs(Inventory inventory, int hosts) {
    this.inventory = inventory;
    this.ids = inventory.ids();
    this.hosts = hosts;
  }

  /** All that an orchestration has left, by the number of the resource that owns it. */
  List<PlanLog> of(int owner) {
    if (owner < 0 || owner >= inventory.end()) {
      return List.of();
    }
    Sketch sketch = inventory.sketch(owner);
    if (sketch.owner() != owner || sketch.state().equals("requested")) {
      return List.of();
    }
    boolean ran = sketch.story() != owner && sketch.story() < inventory.end();
    return lately.computeIfAbsent(owner + sketch.state() + ran, key -> tell(sketch, ran));
  }

  /** The log of a name, wherever it is. */
  Optional<PlanLog> named(String name) {
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      return Optional.empty();
    }
    OptionalInt number = ids.number(Ids.Kind.RESOURCE, parts.group(1));
    if (number.isEmpty()) {
      number = ids.number(Ids.Kind.STAGE, parts.group(1));
    }
    // Of a pair the stages have the number of the one that is run, which may not have come yet.
    return number.stream()
        .flatMap(index -> IntStream.of(index, index - 1))
        .boxed()
        .flatMap(owner -> of(owner).stream())
        .filter(log -> log.id().equals(parts.group(1)) && log.name().equals(name))
        .findFirst();
  }

  /** All that are in one folder of one host, in the order in which their circuits came. */
  Stream<PlanLog> in(int host, int folder) {
    return IntStream.range(0, inventory.end())
        .boxed()
        .flatMap(owner -> of(owner).stream())
        .filter(log -> isIn(log, host, folder));
  }

  /** Whether a log is in one folder of one host; every log is in one. */
  static boolean isIn(PlanLog log, int host, int folder) {
    return log.place() == host * FOLDERS + folder;
  }

  /** How long its text is, before it is compressed; known without writing it. */
  int length(PlanLog log) {
    boolean large = log.part() == PlanLog.Part.TOP || log.part() == PlanLog.Part.RUN;
    int more = large ? MORE + EACH * inventory.traceEntries() : 0;
    return SMALLEST + more + random(log).nextInt(SPREAD);
  }

  SplittableRandom random(PlanLog log) {
    return ids.random(log.sketch().story(), "log of " + log.id() + log.attempt());
  }

  private int place(String id, int attempt) {
    return ids.random(attempt, id).nextInt(hosts * FOLDERS);
  }

  private List<PlanLog> tell(Sketch sketch, boolean ran) {
    List<PlanLog> logs = new ArrayList<>();
    int newest = Math.max(1, sketch.attempts()) - 1;
    int end = 0;
    for (int attempt = 0; attempt <= newest; attempt++) {
      Map<Integer, List<Story.Line>> stages = new TreeMap<>();
      for (Story.Line line : inventory.story(sketch, attempt).entries()) {
        stages.computeIfAbsent(line.stage(), key -> new ArrayList<>()).add(line);
        end = line.elapsed();
      }
      for (Map.Entry<Integer, List<Story.Line>> stage : stages.entrySet()) {
        logs.add(named(sketch, attempt, stage.getKey(), stage.getValue()));
      }
    }
    if (ran) {
      logs.add(runByParent(sketch, newest, end));
    } else if (ids.random(sketch.index(), "constants").nextInt(10) == 0) {
      logs.add(constants(sketch, newest));
    }
    return List.copyOf(logs);
  }

  private PlanLog named(Sketch sketch, int attempt, int stage, List<Story.Line> lines) {
    boolean top = stage == 0;
    String id = top ? ids.resource(sketch.owner()) : ids.stage(sketch.story(), stage);
    return new PlanLog(
        sketch,
        attempt,
        place(id, attempt),
        top ? PlanLog.Part.TOP : PlanLog.Part.CHILD,
        id,
        lines.get(0).type(),
        lines.get(0).process(),
        lines.get(0).elapsed(),
        lines.get(lines.size() - 1).elapsed(),
        List.copyOf(lines));
  }

  private PlanLog runByParent(Sketch sketch, int attempt, int end) {
    ProductKind kind = inventory.kindOf(sketch.story());
    String id = ids.resource(sketch.story());
    return new PlanLog(
        sketch,
        attempt,
        place(id, attempt),
        PlanLog.Part.RUN,
        id,
        kind.type(),
        Storyteller.process(kind),
        0,
        end,
        List.of());
  }

  private PlanLog constants(Sketch sketch, int attempt) {
    String id = ids.stage(sketch.story(), CONSTANTS);
    return new PlanLog(
        sketch,
        attempt,
        place(id, attempt),
        PlanLog.Part.CONSTANTS,
        id,
        "charter.resourceTypes.BpoConstants",
        "scripts.common_plan.SingletonActivate",
        1,
        Math.max(1, sketch.seconds() / 4),
        List.of());
  }
}
