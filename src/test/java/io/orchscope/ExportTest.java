package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.orchscope.mdso.PollSummary;
import io.orchscope.otlp.OtlpReceiver;
import io.orchscope.otlp.ReceivedLog;
import io.orchscope.otlp.ReceivedSpan;
import io.orchscope.otlp.SpanTally;
import io.orchscope.simulator.Simulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What leaves by OTLP is all that there was, and it fits together at the other end. */
final class ExportTest {

  /** More of them take minutes: {@code -Dexport.circuits=2000}. */
  private static final int CIRCUITS = Integer.getInteger("export.circuits", 200);

  private static final Duration LIMIT = Duration.ofSeconds(180 + CIRCUITS / 5);

  /** Spans of MDSO's own steps are not among those that the test sees being made. */
  private static final Map<String, String> OURS_ALONE = Map.of("telemetry.orchestrations", "off");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"http/protobuf", "grpc"})
  void sendsSpansAndLogLinesByEitherProtocol(String protocol) throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "3"));
        OtlpReceiver receiver = OtlpReceiver.start();
        Exporting exporting =
            Exporting.with(
                folder,
                Map.of(
                    "otel.exporter.otlp.endpoint",
                    receiver.endpoint(),
                    "otel.exporter.otlp.protocol",
                    protocol))) {
      SpanKeeper produced;
      try (Running running = Running.start(folder, simulator, OURS_ALONE)) {
        running.pollAndSettle();
        produced = running.spans();
      }

      assertThat(receiver.spans())
          .extracting(ReceivedSpan::spanId)
          .containsExactlyInAnyOrderElementsOf(
              produced.settled().stream().map(SpanData::getSpanId).toList());
      assertThat(receiver.spans())
          .extracting(span -> ReceivedSpan.class.cast(span).resource())
          .allSatisfy(
              resource -> assertThat(resource.asMap().toString()).contains("mdso-log-collector"));
      SpanData endPoll = produced.named("end-poll").get(0);
      ReceivedLog line =
          receiver.logs().stream()
              .filter(log -> log.body().startsWith("A poll has ended."))
              .findFirst()
              .orElseThrow();
      assertThat(line.severityText()).isEqualTo("INFO");
      assertThat(line.traceId()).isEqualTo(endPoll.getTraceId());
      assertThat(line.spanId()).isEqualTo(endPoll.getSpanId());
    }
  }

  // poll-now                          root
  // mdso.circuit   linked to it       root, one for each circuit
  @Test
  void losesNoSpanOfAPollAmongFaultsOfEveryKind() throws Exception {
    SpanTally received = new SpanTally();
    try (Simulator simulator = Running.world(faults());
        OtlpReceiver receiver = OtlpReceiver.start(received);
        Exporting exporting =
            Exporting.with(folder, Map.of("otel.exporter.otlp.endpoint", receiver.endpoint()))) {
      SpanKeeper produced;
      PollSummary poll;
      try (Running running =
          Running.start(
              folder,
              simulator,
              Map.of(
                  "http.reply-timeout", "1s",
                  "telemetry.orchestrations", "off",
                  // Few pages: MDSO that refuses a new token of the same call too ends a poll.
                  "poll.page-size", "1000",
                  "alerts.channel", "webex",
                  "poll.circuits-limit", LIMIT.toSeconds() + "s"))) {
        running.beginPoll("service_mapper");
        poll = running.awaitPoll(1, LIMIT);
        running.assembly().awaitAlerts(LIMIT);
        produced = running.spans();
      }

      List<SpanData> made = produced.settled();
      Map<String, Long> roots = count(received.roots(), SpanTally.Root::name);
      System.out.println(
          "Spans exported: %d produced, %d received, %d of them different, %d orphans; roots %s; %s; %s"
              .formatted(
                  made.size(),
                  received.count(),
                  received.distinct(),
                  received.orphans(),
                  roots,
                  poll.equation(),
                  faultsSeen(simulator)));
      assertThat(faultsSeen(simulator))
          .hasSize(7)
          .allSatisfy((fault, count) -> assertThat(count).isPositive());
      assertThat(received.count()).isEqualTo(made.size());
      assertThat(received.distinct()).isEqualTo(made.size());
      assertThat(received.names()).isEqualTo(count(made, SpanData::getName));
      assertThat(received.orphans()).isZero();
      assertThat(roots).isEqualTo(Map.of("poll-now", 1L, "mdso.circuit", (long) CIRCUITS));
      String pollTrace = produced.named("poll-now").get(0).getTraceId();
      assertThat(received.roots())
          .filteredOn(root -> root.name().equals("mdso.circuit"))
          .allSatisfy(root -> assertThat(root.linkedTraces()).containsExactly(pollTrace));
    }
  }

  /** Each of them at about one call in twenty, and seldom two at once. */
  private static Map<String, String> faults() {
    Map<String, String> words = new HashMap<>();
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
    words.put("webex-too-many-every", "20");
    return words;
  }

  private static Map<String, Long> faultsSeen(Simulator simulator) {
    Map<String, Long> seen = new TreeMap<>(simulator.counters());
    seen.keySet().removeIf(name -> !name.startsWith("fault."));
    return seen;
  }

  private static <T> Map<String, Long> count(List<T> things, Function<T, String> name) {
    return things.stream()
        .collect(Collectors.groupingBy(name, TreeMap::new, Collectors.counting()));
  }
}
