package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.orchscope.mdso.PollSummary;
import io.orchscope.otlp.Behaviour;
import io.orchscope.otlp.OtlpReceiver;
import io.orchscope.otlp.ReceivedSpan;
import io.orchscope.otlp.Signal;
import io.orchscope.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A backend that takes nothing costs its telemetry and nothing else. */
final class ExportOutageTest {

  /** With a batch every 100 ms, as many as half a minute has in production. */
  private static final Duration OUTAGE = Duration.ofSeconds(3);

  /** Each of four exporters says five times what is wrong, that it will say less, and once more. */
  private static final int LINES = 4 * 7;

  /**
   * The SDK is given ten seconds to get rid of what it has; the routes need some for themselves, on
   * a busy machine more than some.
   */
  private static final Duration END = Duration.ofSeconds(60);

  /** With the page of metrics, and nothing exported but what we do ourselves. */
  private static final Map<String, String> COUNTED =
      Map.of("observe.listen", "127.0.0.1:0", "telemetry.orchestrations", "off");

  @TempDir private Path folder;

  /** What is wrong with the backend. */
  enum Trouble {
    DOWN,
    SLOW,
    REFUSING;

    private void begin(OtlpReceiver receiver) {
      switch (this) {
        case DOWN -> receiver.goDown();
        case SLOW -> receiver.behave(Behaviour.slow(Duration.ofSeconds(5)));
        case REFUSING -> receiver.behave(Behaviour.refusing());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void pollsOnInPeaceAndEndsInTimeWhateverTheBackendDoes(Trouble trouble) throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "50"));
        OtlpReceiver receiver = OtlpReceiver.start();
        Exporting exporting = Exporting.with(folder, oftenTo(receiver))) {
      trouble.begin(receiver);
      Running running = Running.start(folder, simulator, Map.of());
      PollSummary first = running.poll();
      long begun = System.nanoTime();
      int polls = 1;
      while (since(begun).compareTo(OUTAGE) < 0) {
        running.poll();
        polls++;
      }
      long closing = System.nanoTime();
      running.close();
      Duration closed = since(closing);
      List<String> said = said(running);

      System.out.printf(
          "%s: %d polls, %d requests with spans, closed in %d ms, %d lines%n",
          trouble, polls, receiver.requests(Signal.TRACES), closed.toMillis(), said.size());
      assertThat(first.equation()).startsWith("listed 50 = ").contains("dead-lettered 0");
      assertThat(said).hasSizeLessThanOrEqualTo(LINES);
      assertThat(closed).isLessThan(END);
    }
  }

  @Test
  void sendsWhatItHasOnceTheBackendIsBack() throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "5"));
        OtlpReceiver receiver = OtlpReceiver.start();
        Exporting exporting = Exporting.with(folder, oftenTo(receiver))) {
      SpanKeeper produced;
      receiver.behave(Behaviour.unavailable(Duration.ofSeconds(1)));
      try (Running running =
          Running.start(folder, simulator, Map.of("telemetry.orchestrations", "off"))) {
        // The exporter tries five times; the outage ends with the first, however slow the poll is.
        running.beginPoll("service_mapper");
        receiver.awaitRequests(Signal.TRACES, 1, Duration.ofMinutes(2));
        receiver.behave(Behaviour.normal());
        running.awaitPoll(1);
        running.assembly().awaitAlerts(Duration.ofMinutes(2));
        produced = running.spans();
      }

      assertThat(receiver.spans())
          .extracting(ReceivedSpan::spanId)
          .containsExactlyInAnyOrderElementsOf(
              produced.settled().stream().map(SpanData::getSpanId).toList());
    }
  }

  @Test
  void countsEverySpanThatTheBackendRefused() throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "20"));
        OtlpReceiver receiver = OtlpReceiver.start();
        Exporting exporting = Exporting.with(folder, oftenTo(receiver));
        Running running = Running.start(folder, simulator, COUNTED)) {
      receiver.behave(Behaviour.refusing());

      running.pollAndSettle();

      long produced = running.spans().settled().size();
      await().atMost(END).until(() -> droppedSpans(running) >= produced);
      assertThat(droppedSpans(running)).isEqualTo(produced);
      assertThat(receiver.spans()).isEmpty();
    }
  }

  @Test
  void countsEverySpanThatFoundNoPlaceInTheQueue() throws Exception {
    Map<String, String> keys = new HashMap<>();
    Map<String, String> small =
        Map.of("otel.bsp.max.queue.size", "64", "otel.bsp.max.export.batch.size", "64");
    try (Simulator simulator = Running.world(Map.of("resources", "60"));
        OtlpReceiver receiver = OtlpReceiver.start()) {
      keys.putAll(oftenTo(receiver));
      keys.putAll(small);
      receiver.behave(Behaviour.slow(Duration.ofSeconds(1)));
      try (Exporting exporting = Exporting.with(folder, keys);
          Running running = Running.start(folder, simulator, COUNTED)) {

        running.pollAndSettle();

        receiver.behave(Behaviour.normal());
        long produced = running.spans().settled().size();
        await()
            .atMost(END)
            .until(() -> droppedSpans(running) + receiver.spans().size() >= produced);
        long dropped = droppedSpans(running);
        System.out.printf(
            "%d spans produced = %d received + %d dropped%n",
            produced, receiver.spans().size(), dropped);
        assertThat(dropped).isPositive();
        assertThat(dropped + receiver.spans().size()).isEqualTo(produced);
      }
    }
  }

  private static long droppedSpans(Running running) throws IOException, InterruptedException {
    return MetricsText.of(running).sum("mdso_telemetry_dropped_total", "signal=\"spans\"");
  }

  private static Map<String, String> oftenTo(OtlpReceiver receiver) {
    return Map.of(
        "otel.exporter.otlp.endpoint", receiver.endpoint(),
        "otel.bsp.schedule.delay", "100",
        "otel.blrp.schedule.delay", "100",
        "otel.metric.export.interval", "500");
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  /** What the SDK had to say. */
  private static List<String> said(Running running) {
    return running.log().events().stream()
        .filter(event -> event.getLoggerName().startsWith("io.opentelemetry"))
        .map(event -> event.getLevel() + " " + event.getFormattedMessage())
        .toList();
  }
}
