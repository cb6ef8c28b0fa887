package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.orchscope.otlp.Behaviour;
import io.orchscope.otlp.OtlpReceiver;
import io.orchscope.otlp.ReceivedLog;
import io.orchscope.otlp.ReceivedMetric;
import io.orchscope.otlp.ReceivedSpan;
import io.orchscope.otlp.Signal;
import io.orchscope.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/telemetry.md against what a collector gets: whatever is sent is listed there, and whatever
 * is listed there is sent by one of these scenarios.
 */
final class SignalContractTest {

  private static final Path DOCUMENT = Path.of("docs", "telemetry.md");
  private static final String OURS = "mdso-log-collector";
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Pattern WORD = Pattern.compile("`([\\w.-]+)`");

  private static final Map<String, ReceivedMetric.Kind> KINDS =
      Map.of(
          "counter", ReceivedMetric.Kind.COUNTER,
          "updown", ReceivedMetric.Kind.UP_DOWN_COUNTER,
          "gauge", ReceivedMetric.Kind.GAUGE,
          "histogram", ReceivedMetric.Kind.HISTOGRAM);

  @TempDir private static Path folder = Path.of("");

  private static List<ReceivedSpan> spans = List.of();
  private static List<ReceivedMetric> metrics = List.of();
  private static List<ReceivedLog> logs = List.of();

  @BeforeAll
  static void letEverythingHappen() throws Exception {
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      circuitsOfEveryOutcome(receiver);
      roomThatRefuses(receiver);
      ruleThatCannotDecide(receiver);
      circuitsThatAreFollowedUp(receiver);
      backendThatRefuses(receiver);
      spans = receiver.spans();
      metrics = receiver.metrics();
      logs = receiver.logs();
    }
  }

  @AfterAll
  static void letGo() {
    spans = List.of();
    metrics = List.of();
    logs = List.of();
  }

  @Test
  void listsEveryMetricWithItsKindUnitAndAttributes() throws IOException {
    Map<String, List<String>> listed = table("| name | kind | unit | attributes | is |");

    Map<String, List<String>> sent = new TreeMap<>();
    metrics.stream()
        .filter(metric -> metric.scope().equals("io.orchscope"))
        .forEach(metric -> sent.merge(metric.name(), described(metric), SignalContractTest::union));
    Map<String, List<String>> promised = new TreeMap<>();
    listed.forEach(
        (name, cells) ->
            promised.put(
                name,
                Stream.concat(
                        Stream.of(String.valueOf(KINDS.get(cells.get(0))), cells.get(1)),
                        pieces(cells.get(2)))
                    .toList()));
    assertThat(sorted(sent)).isEqualTo(sorted(promised));
  }

  @Test
  void listsTheMetricsThatTheSdkAdds() throws IOException {
    String sentence =
        Files.readString(DOCUMENT)
            .lines()
            .filter(line -> line.startsWith("The SDK adds"))
            .findFirst()
            .orElseThrow();

    Set<String> sent =
        metrics.stream()
            .filter(metric -> !metric.scope().equals("io.orchscope"))
            .map(ReceivedMetric::name)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(sent).isEqualTo(words(sentence));
  }

  @Test
  void listsEveryAttributeOfASpan() throws IOException {
    Set<String> sent =
        ours().stream()
            .flatMap(span -> span.texts().keySet().stream())
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(sent).isEqualTo(new TreeSet<>(table("| attribute of spans | on | is |").keySet()));
  }

  @Test
  void listsEveryAttributeOfWhatMdsoDid() throws IOException {
    Set<String> listed = new TreeSet<>();
    Files.readAllLines(Path.of("docs", "orchestrations.md")).stream()
        .dropWhile(line -> !line.equals("| span | attribute | |"))
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> line.split("\\|", -1)[2])
        .forEach(cell -> listed.addAll(words(cell)));
    // A time that had to be guessed is not in these scenarios; OrchestrationReplayTest has it.
    listed.remove("mdso.time.quality");

    Set<String> sent =
        spans.stream()
            .filter(span -> !ours().contains(span))
            .flatMap(span -> span.texts().keySet().stream())
            .collect(Collectors.toCollection(TreeSet::new));

    sent.remove("mdso.time.quality");
    assertThat(sent).isEqualTo(listed);
  }

  @Test
  void listsEverySpanThatIsNotCalledByItsStep() throws IOException {
    Set<String> sent =
        ours().stream()
            .map(ReceivedSpan::name)
            .filter(name -> name.startsWith("mdso."))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(sent).isEqualTo(new TreeSet<>(table("| span | step | is |").keySet()));
  }

  @Test
  void listsEveryEventOnSpansAndInTheLogWithItsAttributes() throws IOException {
    Map<String, Set<String>> listed = new TreeMap<>();
    table("| event | attributes | when |")
        .forEach(
            (event, cells) -> listed.put(event, pieces(cells.get(0)).collect(Collectors.toSet())));

    Map<String, Set<String>> onSpans = new TreeMap<>();
    ours().stream()
        .flatMap(span -> span.events().stream())
        .filter(event -> !event.name().equals("exception"))
        .forEach(
            event ->
                onSpans
                    .computeIfAbsent(event.name(), name -> new TreeSet<>())
                    .addAll(keys(event.attributes())));
    Set<String> inLogs =
        logs.stream()
            .map(ReceivedLog::eventName)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(onSpans).isEqualTo(listed);
    assertThat(inLogs).isEqualTo(listed.keySet());
  }

  @Test
  void saysInEveryRecordOfACircuitWhichOneItIs() {
    List<ReceivedLog> verdicts =
        logs.stream().filter(log -> log.eventName().equals("error_classified")).toList();

    assertThat(verdicts)
        .isNotEmpty()
        .allSatisfy(
            log -> {
              assertThat(log.traceId()).hasSize(32);
              assertThat(log.texts()).containsKeys("mdso.circuit_id", "mdso.resource_id");
            });
  }

  @Test
  void listsEveryAttributeOfTheResource() throws IOException {
    Set<String> sent =
        ours().stream()
            .flatMap(span -> keys(span.resource()).stream())
            .filter(key -> !key.startsWith("telemetry.sdk."))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(sent).isEqualTo(new TreeSet<>(table("| attribute of the resource | is |").keySet()));
  }

  /** Pages that are many, busy neighbours, alerts that are sent and held back. */
  private static void circuitsOfEveryOutcome(OtlpReceiver receiver) throws Exception {
    scenario(
        "outcomes",
        receiver,
        Map.of("resources", "60", "failures", "60%", "server-error-every", "15", "seed", "3"),
        (simulator, running) -> {
          running.pollAndSettle();
          simulator.arrive(3);
          running.pollAndSettle();
        });
  }

  private static void roomThatRefuses(OtlpReceiver receiver) throws Exception {
    scenario(
        "refused",
        receiver,
        Map.of(
            "resources", "40",
            "failures", "100%",
            "webex-status.sim-room-service-mapper", "404"),
        (simulator, running) -> running.pollAndSettle());
  }

  /** A table of one rule, which takes for ever on any error that its example is not in. */
  private static void ruleThatCannotDecide(OtlpReceiver receiver) throws Exception {
    String table =
        """
        version: 1
        rules:
          - code: DE-1000
            title: Whatever
            category: System Error
            severity: major
            owner: automation
            pattern: 'an error that nobody has|(?<!z)(?:.*[a-z]){12}[0-9]{40}'
            examples: an error that nobody has
        """;
    Running.configure(folder.resolve("undecided"), "defect-rules.yaml", table);
    scenario(
        "undecided",
        receiver,
        Map.of("resources", "10", "failures", "100%"),
        (simulator, running) -> running.pollAndSettle());
  }

  private static void circuitsThatAreFollowedUp(OtlpReceiver receiver) throws Exception {
    scenario(
        "followed-up",
        receiver,
        Map.of("resources", "6", "failures", "100%", "log-hosts", "3", "devices", "yes"),
        (simulator, running) -> {
          running.pollAndSettle();
          running.assembly().awaitFollowUps(LIMIT);
        });
  }

  private static void backendThatRefuses(OtlpReceiver receiver) throws Exception {
    receiver.behave(Behaviour.refusing());
    long before = receiver.requests(Signal.TRACES);
    scenario(
        "dropped",
        receiver,
        Map.of("resources", "6"),
        (simulator, running) -> {
          running.pollAndSettle();
          await().atMost(LIMIT).until(() -> receiver.requests(Signal.TRACES) > before);
          receiver.behave(Behaviour.normal());
          receiver.awaitMetrics(metric -> metric.name().equals("mdso.telemetry.dropped"), LIMIT);
        });
  }

  /** One scenario: a folder of its own, a poll, and what is still under way at its end. */
  private static void scenario(
      String name, OtlpReceiver receiver, Map<String, String> words, Scenes scenes)
      throws Exception {
    Path own = Files.createDirectories(folder.resolve(name));
    Map<String, String> keys =
        Map.of(
            "otel.exporter.otlp.endpoint", receiver.endpoint(),
            "otel.metric.export.interval", "300",
            "otel.bsp.schedule.delay", "200",
            "otel.blrp.schedule.delay", "200");
    Map<String, String> settings =
        new TreeMap<>(
            Map.of("alerts.channel", "webex", "poll.page-size", "4", "observe.listen", "off"));
    String rooms = Files.readString(Path.of("config", "rooms.yaml"));
    Running.configure(
        own, "rooms.yaml", rooms.replace("min-severity: warning", "min-severity: major"));
    try (Exporting exporting = Exporting.with(own, keys);
        Simulator simulator = Running.world(words)) {
      if (words.containsKey("log-hosts")) {
        LogHostSettings.add(settings, simulator, own.resolve("hosts"));
        LogHostSettings.addTests(settings, simulator, own.resolve("hosts"), "connectivity");
        settings.put("logs.root", own.resolve("host-logs").toString());
      }
      try (Running running = Running.start(own, simulator, settings)) {
        scenes.play(simulator, running);
      }
    }
  }

  /** What happens in a scenario. */
  private interface Scenes {
    void play(Simulator simulator, Running running) throws Exception;
  }

  private static List<ReceivedSpan> ours() {
    return spans.stream()
        .filter(span -> OURS.equals(span.resource().get(AttributeKey.stringKey("service.name"))))
        .toList();
  }

  private static List<String> described(ReceivedMetric metric) {
    return Stream.concat(
            Stream.of(metric.kind().toString(), metric.unit()),
            metric.points().stream().flatMap(point -> keys(point.attributes()).stream()))
        .distinct()
        .toList();
  }

  private static List<String> union(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).distinct().toList();
  }

  private static Map<String, Set<String>> sorted(Map<String, List<String>> described) {
    Map<String, Set<String>> sorted = new TreeMap<>();
    described.forEach((name, pieces) -> sorted.put(name, new TreeSet<>(pieces)));
    return sorted;
  }

  private static Set<String> keys(Attributes attributes) {
    return attributes.asMap().keySet().stream()
        .map((AttributeKey<?> key) -> key.getKey())
        .collect(Collectors.toSet());
  }

  private static Stream<String> pieces(String cell) {
    return Stream.of(cell.split(",", -1)).map(String::strip).filter(piece -> !piece.isEmpty());
  }

  private static Set<String> words(String text) {
    Set<String> words = new TreeSet<>();
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      words.add(matcher.group(1));
    }
    return words;
  }

  /** The rows below a heading: the word of the first cell, and the other cells. */
  private static Map<String, List<String>> table(String heading) throws IOException {
    Map<String, List<String>> rows = new TreeMap<>();
    List<String> lines = Files.readAllLines(DOCUMENT);
    int at = lines.indexOf(heading);
    assertThat(at).as("a table headed " + heading).isNotNegative();
    for (String line : lines.subList(at + 2, lines.size())) {
      if (!line.startsWith("|")) {
        break;
      }
      List<String> cells = Stream.of(line.split("\\|", -1)).map(String::strip).toList();
      rows.put(words(cells.get(1)).iterator().next(), cells.subList(2, cells.size() - 1));
    }
    return rows;
  }
}
