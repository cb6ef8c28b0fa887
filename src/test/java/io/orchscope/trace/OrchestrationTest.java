package io.orchscope.trace;

import static io.orchscope.trace.TraceSamples.ID;
import static io.orchscope.trace.TraceSamples.resource;
import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.circuit.OrchState;
import io.orchscope.circuit.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From entries to steps: which belong together, what ran within what, and what took the time. */
final class OrchestrationTest {

  private static final Instant START = Instant.parse("2024-03-01T14:06:19Z");
  private static final Instant MADE = Instant.parse("2024-03-01T14:06:20.101Z");
  private static final String LOST = "lost";

  @Test
  void pairsStartAndEndOfAProcessOnAResource() {
    assertThat(told("a STARTED 0", "b STARTED 2", "b COMPLETED 5", "a FAILED 9"))
        .containsExactly("a 0-9 FAILED", "b 2-5 COMPLETED");
  }

  @Test
  void takesARepeatedEntryOnce() {
    assertThat(told("a STARTED 0", "a STARTED 0", "a COMPLETED 9", "a COMPLETED 9"))
        .containsExactly("a 0-9 COMPLETED");
  }

  @Test
  void takesTheSameProcessRunAgainForAStepOfItsOwn() {
    assertThat(told("a STARTED 0", "a FAILED 4", "a STARTED 6", "a COMPLETED 9"))
        .containsExactly("a 0-4 FAILED", "a 6-9 COMPLETED");
    assertThat(steps("a STARTED 0", "a FAILED 4", "a STARTED 6", "a COMPLETED 9"))
        .extracting(Step::key)
        .doesNotHaveDuplicates();
  }

  @Test
  void takesARunFromOneSecondToTheNextForTheOneThatItIs() {
    assertThat(told("a STARTED 5", "a COMPLETED 6", "a STARTED 6", "a COMPLETED 7"))
        .containsExactly("a 5-6 COMPLETED", "a 6-7 COMPLETED");
  }

  @Test
  void givesAnEndToTheStartOfItsOwnLogFile() {
    assertThat(told("a STARTED 0 one", "a STARTED 3 two", "a FAILED 4 one", "a COMPLETED 9 two"))
        .containsExactly("a 0-4 FAILED", "a 3-9 COMPLETED");
  }

  @Test
  void keepsAStartWhoseEndWasLostAndAnEndWhoseStartWas() {
    assertThat(told("a STARTED 0", "b STARTED 2", "c COMPLETED 7", "a COMPLETED 9"))
        .containsExactly("a 0-9 COMPLETED", "b 2-2 STARTED missing", "c 7-7 COMPLETED missing");
  }

  @Test
  void keepsRunsOfTwoLogFilesApartWhenTheEndsBetweenThemAreLost() {
    assertThat(told("a STARTED 1 one", "a COMPLETED 9 two"))
        .containsExactly("a 1-1 STARTED missing", "a 9-9 COMPLETED missing");
  }

  @Test
  void keepsAStateThatItDoesNotKnowBesideTheRun() {
    assertThat(told("a STARTED 0", "a PAUSED 3", "a COMPLETED 9"))
        .containsExactly("a 0-9 COMPLETED", "a 3-3 PAUSED missing");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # start, end, what is told
          lost,  9,    a 9-9 COMPLETED missing
          4,     lost, a 4-4 COMPLETED missing
          lost,  lost, a 0-0 COMPLETED missing
          -5,    9,    a 9-9 COMPLETED clamped
          4,     -5,   a 4-4 COMPLETED clamped
          -9,    -5,   a 0-0 COMPLETED clamped
          9,     4,    a 9-9 COMPLETED clamped
          4,     4,    a 4-4 COMPLETED
          """)
  void takesNoTimeWhereItsTimesAreMissingNegativeOrReversed(
      String start, String end, String expected) {
    assertThat(told("a STARTED " + start, "a COMPLETED " + end)).containsExactly(expected);
  }

  // a 0 ──────────────────────────── 30
  //   b 2 ───────────── 20
  //      c 4 ── 9
  //          d 9 ── 12                    begins when c has ended
  //                        e 20 ── 25     begins when b has ended
  @Test
  void nestsAStepInTheSmallestThatEnclosesIt() {
    assertThat(
            nested(
                "a STARTED 0",
                "b STARTED 2",
                "c STARTED 4",
                "c COMPLETED 9",
                "d STARTED 9",
                "d COMPLETED 12",
                "b COMPLETED 20",
                "e STARTED 20",
                "e COMPLETED 25",
                "a COMPLETED 30"))
        .containsExactly("a in whole", "b in a", "c in b", "d in b", "e in a");
  }

  // a 0 ──────────────── 30
  //   b 2 ────────── 20
  //     c 4 ──────────── 25     b and c overlap in part, so d may belong to either
  //       d 6 ── 9
  @Test
  void leavesAStepToWhatEnclosesAllThatMayBeItsParent() {
    assertThat(
            nested(
                "a STARTED 0",
                "b STARTED 2",
                "c STARTED 4",
                "d STARTED 6",
                "d COMPLETED 9",
                "b COMPLETED 20",
                "c COMPLETED 25",
                "a COMPLETED 30"))
        .containsExactly("a in whole", "b in a", "c in a", "d in a");
  }

  // a 0 ──────────────────────── 30
  //   b 2 ────────── 20
  //     c 4 ─ 9
  //              c 18 ── 25      so b is not the parent of c
  @Test
  void nestsAResourceOnlyWhereEachOfItsRunsFits() {
    assertThat(
            nested(
                "a STARTED 0",
                "b STARTED 2",
                "c STARTED 4",
                "c FAILED 9",
                "c STARTED 18",
                "b COMPLETED 20",
                "c COMPLETED 25",
                "a COMPLETED 30"))
        .containsExactly("a in whole", "b in a", "c in a", "c in a");
  }

  @Test
  void nestsNothingInAStepOfTheSameResourceOrOneWithoutAnEnd() {
    List<Step> steps =
        StepReader.read(
            List.of(
                entry(0, "a", "one", "STARTED", "0", ""),
                entry(1, "a", "two", "STARTED", "2", ""),
                entry(2, "a", "two", "COMPLETED", "5", ""),
                entry(3, "a", "one", "COMPLETED", "9", ""),
                entry(4, "b", "one", "STARTED", "10", ""),
                entry(5, "c", "one", "STARTED", "12", ""),
                entry(6, "c", "one", "COMPLETED", "13", "")),
            TimeBudget.of(TimeBudget.USUAL));

    assertThat(steps).allMatch(step -> step.parent().isEmpty());
  }

  // a 0 ───────────────────────── 30    critical
  //   b 1 ── 5                          critical: c waited for it
  //   x 1 ────── 8                      ran beside c
  //       c 5 ───────────── 20          critical
  //         d 6 ── 9                    critical, as far as one can tell
  //         e 9 ───────── 19            critical
  //                f 21 ── 29           critical
  @Test
  void marksTheStepsThatDeterminedTheEnd() {
    List<Step> steps =
        steps(
            "a STARTED 0",
            "b STARTED 1",
            "x STARTED 1",
            "b COMPLETED 5",
            "c STARTED 5",
            "d STARTED 6",
            "x COMPLETED 8",
            "d COMPLETED 9",
            "e STARTED 9",
            "e COMPLETED 19",
            "c COMPLETED 20",
            "f STARTED 21",
            "f COMPLETED 29",
            "a COMPLETED 30");

    assertThat(steps.stream().filter(Step::isCritical).map(OrchestrationTest::name))
        .containsExactly("a", "b", "c", "d", "e", "f");
  }

  @Test
  void isTerminalWhenTheResourceItWasAskedOfHasWrittenItsEnd() {
    Resource activating = resourceIn(OrchState.ACTIVATING);

    assertThat(terminal(ID, activating, ID + " STARTED 0", "b STARTED 1", "b COMPLETED 2"))
        .isFalse();
    assertThat(terminal(ID, activating, ID + " STARTED 0", ID + " COMPLETED 2")).isTrue();
    assertThat(terminal(ID, activating, ID + " STARTED 0", ID + " FAILED 2")).isTrue();
    assertThat(terminal(ID, activating, ID + " STARTED 0", ID + " FAILED 2", ID + " STARTED 4"))
        .isFalse();
    assertThat(terminal(ID, activating, "b STARTED 1", "b COMPLETED 2")).isFalse();
  }

  @Test
  void isTerminalWhenTheStateOfThatResourceLasts() {
    Resource failed = resourceIn(OrchState.FAILED);

    assertThat(terminal(ID, failed, ID + " STARTED 0")).isTrue();
    assertThat(terminal("a-parent", failed, ID + " STARTED 0", ID + " FAILED 2")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # written,            made,                     start,                    quality
          2024-03-01T14:06:19Z, 2024-03-01T14:06:20.101Z, 2024-03-01T14:06:19Z,     EXACT
          2024-03-01T14:06:19Z,                         , 2024-03-01T14:06:19Z,     EXACT
                              , 2024-03-01T14:06:20.101Z, 2024-03-01T14:06:20.101Z, MISSING
          1970-01-01T00:00:01Z, 2024-03-01T14:06:20.101Z, 2024-03-01T14:06:20.101Z, CLAMPED
          9999-01-01T00:00:00Z, 2024-03-01T14:06:20.101Z, 2024-03-01T14:06:20.101Z, CLAMPED
          2024-04-01T14:06:19Z, 2024-03-01T14:06:20.101Z, 2024-03-01T14:06:20.101Z, CLAMPED
                              ,                         ,                         ,
          1970-01-01T00:00:01Z,                         ,                         ,
          """)
  void beginsWhenMdsoSaysOrElseWhenItMadeTheTraceLog(
      Instant written, Instant made, Instant start, TimeQuality quality) {
    OrchestrationTrace trace =
        trace(
            ID,
            Optional.ofNullable(written),
            Optional.ofNullable(made),
            entries("a STARTED 0", "a COMPLETED 3"));

    Optional<Orchestration> found = Orchestration.of(trace);

    assertThat(found.map(Orchestration::start)).isEqualTo(Optional.ofNullable(start));
    assertThat(found.map(Orchestration::quality)).isEqualTo(Optional.ofNullable(quality));
  }

  @Test
  void hasNothingToSayOfATraceWithoutEntries() {
    assertThat(Orchestration.of(trace(ID, Optional.of(START), Optional.of(MADE), List.of())))
        .isEmpty();
  }

  /** In whatever order the entries come, and however they are spoilt. */
  @Test
  void findsTheSameStepsInWhateverOrderTheEntriesCome() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      List<TraceEntry> entries = randomEntries(random);
      Set<String> keys = new HashSet<>();
      for (int shuffle = 0; shuffle < 5; shuffle++) {
        List<Step> steps = StepReader.read(entries, TimeBudget.of(TimeBudget.USUAL));

        List<String> found = steps.stream().map(Step::key).toList();
        assertThat(found).as("seed %d", seed).doesNotHaveDuplicates();
        keys = shuffle == 0 ? new HashSet<>(found) : keys;
        assertThat(found).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(steps).as("seed %d", seed).allMatch(step -> isInside(step, steps));
        Collections.shuffle(entries, random);
        IntStream.range(0, entries.size()).forEach(i -> entries.set(i, at(i, entries.get(i))));
      }
    }
  }

  private static boolean isInside(Step step, List<Step> steps) {
    boolean forward = !step.start().isNegative() && step.end().compareTo(step.start()) >= 0;
    Optional<Step> parent =
        step.parent().isPresent()
            ? Optional.of(steps.get(step.parent().getAsInt()))
            : Optional.empty();
    return forward
        && parent
            .map(
                it ->
                    steps.indexOf(it) < steps.indexOf(step)
                        && it.start().compareTo(step.start()) <= 0
                        && it.end().compareTo(step.end()) >= 0)
            .orElse(true);
  }

  private static List<TraceEntry> randomEntries(Random random) {
    List<TraceEntry> entries = new ArrayList<>();
    int size = 1 + random.nextInt(24);
    for (int i = 0; i < size; i++) {
      String elapsed = random.nextInt(10) == 0 ? LOST : String.valueOf(random.nextInt(40) - 3);
      String state = List.of("STARTED", "COMPLETED", "FAILED", "PAUSED").get(random.nextInt(4));
      String process = random.nextBoolean() ? "one" : "two";
      String log = List.of("", "x", "y").get(random.nextInt(3));
      String resource = List.of("a", "b", "c").get(random.nextInt(3));
      entries.add(entry(i, resource, process, state, elapsed, log));
    }
    return entries;
  }

  private static boolean terminal(String originationId, Resource known, String... told) {
    OrchestrationTrace trace =
        trace(originationId, Optional.of(START), Optional.of(MADE), entries(told));
    return Orchestration.of(trace).orElseThrow().isTerminal(known);
  }

  private static List<String> told(String... entries) {
    return steps(entries).stream()
        .map(
            step ->
                "%s %d-%d %s%s"
                    .formatted(
                        name(step),
                        step.start().toSeconds(),
                        step.end().toSeconds(),
                        step.state(),
                        step.quality() == TimeQuality.EXACT ? "" : " " + step.quality().word()))
        .toList();
  }

  private static List<String> nested(String... entries) {
    List<Step> steps = steps(entries);
    return steps.stream()
        .map(
            step ->
                name(step)
                    + " in "
                    + (step.parent().isPresent()
                        ? name(steps.get(step.parent().getAsInt()))
                        : "whole"))
        .toList();
  }

  private static List<Step> steps(String... entries) {
    return StepReader.read(entries(entries), TimeBudget.of(TimeBudget.USUAL));
  }

  /** Of {@code resource STATE elapsed [log file]} each. */
  private static List<TraceEntry> entries(String... told) {
    List<TraceEntry> entries = new ArrayList<>();
    Stream.of(told)
        .map(text -> text.split(" ", -1))
        .forEach(
            word ->
                entries.add(
                    entry(
                        entries.size(),
                        word[0],
                        "script",
                        word[1],
                        word[2],
                        word.length > 3 ? word[3] : "")));
    return entries;
  }

  private static TraceEntry entry(
      int index, String resource, String process, String state, String elapsed, String logFile) {
    long seconds = elapsed.equals(LOST) ? TraceEntry.NO_TIME : Long.parseLong(elapsed);
    return new TraceEntry(
        index, "", "", resource, process, logFile, "", state, seconds, "", resource);
  }

  private static TraceEntry at(int index, TraceEntry entry) {
    String elapsed =
        entry.elapsedSeconds() == TraceEntry.NO_TIME
            ? LOST
            : String.valueOf(entry.elapsedSeconds());
    return entry(
        index, entry.resourceId(), entry.process(), entry.state(), elapsed, entry.logFile());
  }

  private static OrchestrationTrace trace(
      String originationId,
      Optional<Instant> start,
      Optional<Instant> made,
      List<TraceEntry> entries) {
    return new OrchestrationTrace(
        "t", "", "f3a9", originationId, "activate", "", start, made, entries, new byte[0]);
  }

  private static Resource resourceIn(OrchState state) {
    Resource active = resource(ID, TraceSamples.CIRCUIT);
    return new Resource(
        active.id(),
        active.productType(),
        active.label(),
        active.circuit(),
        state,
        "",
        active.revision(),
        active.createdAt(),
        active.updatedAt(),
        List.of());
  }

  private static String name(Step step) {
    return step.entry().resourceName();
  }

  @Test
  void countsItsLengthFromTheStartOfTheTrace() {
    Orchestration found =
        Orchestration.of(
                trace(
                    "a",
                    Optional.of(START),
                    Optional.of(MADE),
                    entries("a STARTED 2", "a COMPLETED 9")))
            .orElseThrow();

    assertThat(found.length()).isEqualTo(Duration.ofSeconds(9));
  }
}
