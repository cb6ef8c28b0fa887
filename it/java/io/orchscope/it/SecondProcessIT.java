package io.orchscope.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.api.common.AttributeKey;
import io.orchscope.kafka.Broker;
import io.orchscope.otlp.OtlpReceiver;
import io.orchscope.otlp.ReceivedSpan;
import io.orchscope.otlp.SpanTally;
import io.orchscope.simulator.Simulator;
import io.orchscope.simulator.SimulatorOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One packaged program polls, another works on the circuits, and what both export fits together.
 */
final class SecondProcessIT {

  /** More of them take minutes: {@code -Dexport.circuits=2000}. */
  private static final int CIRCUITS = Integer.getInteger("export.circuits", 100);

  private static final long LIMIT_SECONDS = 300 + CIRCUITS / 5;

  private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");
  private static final AttributeKey<String> INSTANCE =
      AttributeKey.stringKey("service.instance.id");

  @TempDir private Path folder;

  @Test
  void leavesNoSpanWithoutItsTraceAmongFaultsOfEveryKind() throws Exception {
    SpanTally tally = new SpanTally();
    try (Broker broker = Broker.start(folder.resolve("kafka"));
        Simulator simulator = Simulator.start(SimulatorOptions.parse(faults()));
        OtlpReceiver receiver = OtlpReceiver.start()) {
      Map<String, String> settings = settings(broker, simulator, receiver);
      Program worker = Program.in(folder.resolve("worker"), settings);
      Program.Ended polled;
      Program.Ended worked;
      try (Program.Begun work = worker.begin(List.of("run", "--circuits-only"))) {
        settings.put("circuits.work-here", "no");
        Program poller = Program.in(folder.resolve("poller"), settings);
        polled =
            poller.run(List.of("collect", "--product", "service_mapper", "--json"), LIMIT_SECONDS);
        work.terminate();
        worked = work.end(LIMIT_SECONDS);
      }

      assertThat(polled.exitCode()).as(polled.err()).isZero();
      // Java's own exit code after SIGTERM.
      assertThat(worked.exitCode()).as(worked.err()).isEqualTo(128 + 15);
      JsonNode poll = new ObjectMapper().readTree(polled.out()).path("polls").path(0);
      List<ReceivedSpan> ours = spansOf(receiver, "mdso-log-collector");
      List<ReceivedSpan> theirs = spansOf(receiver, "mdso-orchestrator");
      receiver.spans().forEach(tally);
      Map<String, Long> roots = roots(ours);
      System.out.printf(
          "Spans of two processes: %d started and %d of orchestrations, %d received, %d different,"
              + " %d orphans; roots %s and %d of orchestrations; %s; %s%n",
          started(receiver),
          theirs.size(),
          tally.count(),
          tally.distinct(),
          tally.orphans(),
          roots,
          sum(roots(theirs)),
          poll,
          simulator.counters());
      assertThat(poll.path("listed").asInt()).isEqualTo(CIRCUITS);
      assertThat(poll.path("incomplete").asBoolean()).isFalse();
      assertThat(tally.orphans()).isZero();
      assertThat(tally.distinct()).isEqualTo(tally.count());
      assertThat(started(receiver)).isEqualTo(ours.size());
      assertThat(roots)
          .isEqualTo(Map.of("poll-now", 1L, "mdso.circuit", (long) CIRCUITS, "close-session", 1L));
      ReceivedSpan pollRoot = named(ours, "poll-now").get(0);
      List<ReceivedSpan> circuits = named(ours, "mdso.circuit");
      assertThat(circuits)
          .allSatisfy(
              circuit ->
                  assertThat(circuit.links())
                      .extracting(ReceivedSpan.Link::traceId)
                      .contains(pollRoot.traceId()));
      assertThat(theirs).extracting(ReceivedSpan::traceId).contains(linkedTo(circuits, pollRoot));
      assertThat(theirs.stream().map(ReceivedSpan::traceId).distinct().count())
          .isEqualTo(sum(roots(theirs)));
      assertThat(instances(circuits))
          .hasSize(1)
          .doesNotContainAnyElementsOf(instances(List.of(pollRoot)));
    }
  }

  private static List<ReceivedSpan> spansOf(OtlpReceiver receiver, String service) {
    return receiver.spans().stream()
        .filter(span -> service.equals(span.resource().get(SERVICE)))
        .toList();
  }

  /** Traces of orchestrations that circuits point at. */
  private static String[] linkedTo(List<ReceivedSpan> circuits, ReceivedSpan poll) {
    return circuits.stream()
        .flatMap(circuit -> circuit.links().stream())
        .map(ReceivedSpan.Link::traceId)
        .filter(trace -> !trace.equals(poll.traceId()))
        .toArray(String[]::new);
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static List<ReceivedSpan> named(List<ReceivedSpan> spans, String name) {
    return spans.stream().filter(span -> span.name().equals(name)).toList();
  }

  private static Map<String, Long> roots(List<ReceivedSpan> spans) {
    return spans.stream()
        .filter(ReceivedSpan::isRoot)
        .collect(Collectors.groupingBy(ReceivedSpan::name, TreeMap::new, Collectors.counting()));
  }

  private static Set<String> instances(List<ReceivedSpan> spans) {
    return spans.stream()
        .map(span -> String.valueOf(span.resource().get(INSTANCE)))
        .collect(Collectors.toSet());
  }

  /** What each process said at its end of the spans that it had started, together. */
  private static long started(OtlpReceiver receiver) {
    Map<String, Long> last = new HashMap<>();
    receiver.metrics().stream()
        .filter(metric -> metric.name().equals("otel.sdk.span.started"))
        .forEach(
            metric ->
                last.put(
                    String.valueOf(metric.resource().get(INSTANCE)),
                    metric.points().stream().mapToLong(point -> Math.round(point.value())).sum()));
    return last.values().stream().mapToLong(Long::longValue).sum();
  }

  private Map<String, String> settings(Broker broker, Simulator simulator, OtlpReceiver receiver) {
    Map<String, String> settings = new HashMap<>();
    settings.put("mdso.url", simulator.mdsoUrl().toString());
    settings.put("mdso.username", simulator.credentials().username());
    settings.put("mdso.password", simulator.credentials().password());
    settings.put("mdso.tenant", simulator.credentials().tenant());
    settings.put("alerts.channel", "console");
    settings.put("poll.look-back", "36500d");
    settings.put("ledger.keep-for", "0");
    // Few pages: MDSO that refuses a new token of the same call too ends a poll.
    settings.put("poll.page-size", "1000");
    settings.put("circuits.queue", "kafka:circuits?brokers=" + broker.address());
    settings.put("circuits.at-once", "8");
    settings.put("http.reply-timeout", "1s");
    settings.put("retry.delay", "20ms");
    settings.put("retry.longest-delay", "100ms");
    settings.put("ledger.file", folder.resolve("ledger.db").toString());
    settings.put("evidence.root", folder.resolve("evidence").toString());
    settings.put("evidence.fsync", "no");
    settings.put("routes.reload", "no");
    settings.put("observe.listen", "off");
    settings.put("console.listen", "off");
    settings.put("otel.exporter.otlp.endpoint", receiver.endpoint());
    return settings;
  }

  /** Each of them at about one call in twenty, and seldom two at once. */
  private static Map<String, String> faults() {
    Map<String, String> words = new HashMap<>();
    words.put("products", "ServiceMapper");
    words.put("resources", String.valueOf(CIRCUITS));
    words.put("latency", "2ms");
    words.put("unauthorized-every", "17");
    words.put("too-many-every", "19");
    words.put("retry-after", "1");
    words.put("server-error-every", "20");
    words.put("cut-body-every", "21");
    words.put("garbage-every", "22");
    words.put("slow-every", "23");
    words.put("slow-by", "1500ms");
    return words;
  }
}
