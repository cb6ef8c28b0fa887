package io.orchscope.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.orchscope.otlp.OtlpReceiver;
import io.orchscope.otlp.ReceivedLog;
import io.orchscope.otlp.ReceivedMetric;
import io.orchscope.otlp.ReceivedSpan;
import io.orchscope.simulator.Simulator;
import io.orchscope.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that is told to end in the middle of a poll leaves no trace in pieces. */
final class SigtermIT {

  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int CIRCUITS = 200;
  private static final String SCHEDULED = "schedule-poll-service_mapper";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"http/protobuf", "grpc"})
  void sendsItsLastSpansLogLinesAndMetricsBeforeItEnds(String protocol) throws Exception {
    Map<String, String> world =
        Map.of(
            "products", "ServiceMapper", "resources", String.valueOf(CIRCUITS), "latency", "50ms");
    Path home = folder.resolve("home");
    try (Simulator simulator = Simulator.start(SimulatorOptions.parse(world));
        OtlpReceiver receiver = OtlpReceiver.start()) {
      Map<String, String> settings = settings(simulator);
      settings.put("otel.exporter.otlp.endpoint", receiver.endpoint());
      settings.put("otel.exporter.otlp.protocol", protocol);
      Program program = Program.in(home, settings);
      pollServiceMappersEverySecond(home);
      Program.Ended ended;
      Duration drained;
      Set<String> before;
      try (Program.Begun run = program.begin(List.of("run"))) {
        receiver.awaitSpans(span -> span.name().equals("mdso.circuit"), LIMIT);
        before = names(receiver);
        long asked = System.nanoTime();
        run.terminate();
        ended = run.end(LIMIT.toSeconds());
        drained = Duration.ofNanos(System.nanoTime() - asked);
      }

      // Java's own exit code after SIGTERM.
      assertThat(ended.exitCode()).as(ended.err()).isEqualTo(128 + 15);
      assertThat(ended.err()).doesNotContain("Exception");
      assertThat(drained).isLessThan(LIMIT.dividedBy(2));
      assertThat(before).doesNotContain("end-poll", SCHEDULED);
      assertThat(receiver.unreadable()).isEmpty();
      assertThat(orphans(receiver.spans())).isEmpty();
      assertThat(roots(ours(receiver))).containsOnlyKeys(SCHEDULED, "mdso.circuit");
      assertThat(count(receiver, "mdso.circuit"))
          .isEqualTo(count(receiver, "record-decision"))
          .isGreaterThan(10);
      assertThat(receiver.logs())
          .extracting(ReceivedLog::body)
          .anySatisfy(line -> assertThat(line).startsWith("A poll has ended."));
      assertThat(receiver.logs()).hasSameSizeAs(linesOf(home));
      assertThat(lastCount(receiver, "mdso.log_collection.duration"))
          .isEqualTo(count(receiver, "mdso.circuit"));

      int orphans = orphans(receiver.spans()).size();
      Program.Ended again =
          program.run(List.of("collect", "--product", "service_mapper"), LIMIT.toSeconds());
      System.out.printf(
          "F21 SIGTERM in the middle of a poll, %s: ended after %.1f s, spans without a parent %d,"
              + " circuits of %d that the next poll does not find %d%n",
          protocol,
          drained.toMillis() / 1000.0,
          orphans,
          CIRCUITS,
          again.out().contains("listed " + CIRCUITS + " = ") ? 0 : CIRCUITS);
      assertThat(again.out()).contains("listed " + CIRCUITS + " = ").contains("dead-lettered 0");
    }
  }

  /** Lines of the log file, each of which is exported too. */
  private static List<String> linesOf(Path home) throws IOException {
    return Files.readAllLines(home.resolve("var").resolve("log").resolve("orchscope.log"));
  }

  private static long count(OtlpReceiver receiver, String name) {
    return receiver.spans().stream().filter(span -> span.name().equals(name)).count();
  }

  /** What the last export said of a histogram, over all its attributes. */
  private static long lastCount(OtlpReceiver receiver, String name) {
    return receiver.metrics().stream()
        .filter(metric -> metric.name().equals(name))
        .reduce((earlier, later) -> later)
        .orElseThrow()
        .points()
        .stream()
        .mapToLong(ReceivedMetric.Point::count)
        .sum();
  }

  /** Without those of what MDSO did. */
  private static List<ReceivedSpan> ours(OtlpReceiver receiver) {
    AttributeKey<String> service = AttributeKey.stringKey("service.name");
    return receiver.spans().stream()
        .filter(span -> "mdso-log-collector".equals(span.resource().get(service)))
        .toList();
  }

  private static Set<String> names(OtlpReceiver receiver) {
    return receiver.spans().stream().map(ReceivedSpan::name).collect(Collectors.toSet());
  }

  private static Map<String, Long> roots(List<ReceivedSpan> spans) {
    return spans.stream()
        .filter(ReceivedSpan::isRoot)
        .collect(Collectors.groupingBy(ReceivedSpan::name, TreeMap::new, Collectors.counting()));
  }

  /** Spans whose parent has not come. */
  private static List<String> orphans(List<ReceivedSpan> spans) {
    Set<String> ids =
        spans.stream()
            .map(span -> span.traceId() + " " + span.spanId())
            .collect(Collectors.toSet());
    return spans.stream()
        .filter(span -> !span.isRoot())
        .filter(span -> !ids.contains(span.traceId() + " " + span.parentSpanId()))
        .map(span -> span.name() + " in " + span.text("camel.route"))
        .distinct()
        .toList();
  }

  /** Gives the program of a folder one schedule only. */
  static void pollServiceMappersEverySecond(Path home) throws IOException {
    Path products = home.resolve("config").resolve("products.yaml");
    String text = Files.readString(products).replaceAll("(?m)^ +schedule:.*\n", "");
    Files.writeString(
        products,
        text.replaceFirst(
            "(?m)^( +)(name: ServiceMapper)$", "$1$2\n$1schedule: \"0/1 * * * * ?\""));
  }

  private static Map<String, String> settings(Simulator simulator) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("mdso.url", simulator.mdsoUrl().toString());
    settings.put("mdso.username", simulator.credentials().username());
    settings.put("mdso.password", simulator.credentials().password());
    settings.put("mdso.tenant", simulator.credentials().tenant());
    settings.put("alerts.channel", "console");
    settings.put("poll.look-back", "36500d");
    settings.put("ledger.keep-for", "0");
    settings.put("poll.page-size", "50");
    settings.put("circuits.at-once", "4");
    settings.put("evidence.fsync", "no");
    settings.put("routes.reload", "no");
    settings.put("observe.listen", "off");
    settings.put("console.listen", "off");
    return settings;
  }
}
