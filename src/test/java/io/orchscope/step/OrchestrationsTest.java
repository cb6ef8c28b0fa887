package io.orchscope.step;

import static io.orchscope.telemetry.ReplaySamples.origin;
import static io.orchscope.telemetry.ReplaySamples.traceLog;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.orchscope.OtlpEndpoint;
import io.orchscope.ledger.ExportedOrchestrations;
import io.orchscope.ledger.Ledger;
import io.orchscope.ledger.LedgerPlace;
import io.orchscope.step.Orchestrations.Fate;
import io.orchscope.telemetry.LocalTraces;
import io.orchscope.telemetry.OrchestrationReplay;
import io.orchscope.telemetry.ReplaySamples;
import io.orchscope.trace.OrchestrationTrace;
import io.orchscope.trace.TraceLogFile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is exported of an orchestration that is read again and again, by one process or several. */
final class OrchestrationsTest {

  private static final String NAME = "network-service-fails-in-a-nested-check";
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir private Path folder;

  /** One process: its own replay and its own connection to the ledger that all of them share. */
  private final class Process implements AutoCloseable {

    private final Ledger ledger =
        new Ledger(LedgerPlace.file(folder.resolve("ledger.db")), Clock.systemUTC());
    private final Orchestrations orchestrations;

    private Process(Map<String, String> otel, LocalTraces.Choice local, SpanProcessor seen) {
      OrchestrationReplay replay = OrchestrationReplay.start(otel, "lab", seen, spans -> {});
      orchestrations =
          new Orchestrations(
              () -> Optional.of(replay),
              new ExportedOrchestrations(ledger, Clock.systemUTC()),
              ReplaySamples.classifier(),
              local,
              true);
    }

    private Fate replay(OrchestrationTrace trace) {
      return orchestrations.replay(trace, origin(NAME, Optional.empty()));
    }

    private long settle() {
      return orchestrations.settle(LIMIT);
    }

    @Override
    public void close() {
      orchestrations.close();
      ledger.close();
    }
  }

  @Test
  void exportsWhatIsReadTwiceAndByTwoProcessesOnce() throws Exception {
    try (OtlpEndpoint endpoint = OtlpEndpoint.start();
        Process one = exporting(endpoint);
        Process other = exporting(endpoint)) {

      List<Fate> fates = List.of(one.replay(trace()), one.replay(trace()), other.replay(trace()));
      one.settle();
      other.settle();

      assertThat(fates).containsExactly(Fate.EXPORTED, Fate.EXPORTED_BEFORE, Fate.EXPORTED_BEFORE);
      assertThat(endpoint.spansOf("mdso-orchestrator"))
          .hasSize(6)
          .extracting(OtlpEndpoint.Span::spanId)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void exportsChangedEntriesAgainUnderTheSameIds() throws Exception {
    try (OtlpEndpoint endpoint = OtlpEndpoint.start();
        Process process = exporting(endpoint)) {
      OrchestrationTrace changed = trace("\"elapsed_time\": 44", "\"elapsed_time\": 50");

      List<Fate> fates =
          List.of(process.replay(trace()), process.replay(changed), process.replay(changed));
      process.settle();

      assertThat(fates).containsExactly(Fate.EXPORTED, Fate.EXPORTED, Fate.EXPORTED_BEFORE);
      List<OtlpEndpoint.Span> spans = endpoint.spansOf("mdso-orchestrator");
      assertThat(spans).hasSize(12);
      assertThat(spans.subList(0, 6)).containsExactlyInAnyOrderElementsOf(spans.subList(6, 12));
    }
  }

  @Test
  void givesBackWhatTheEndpointDidNotTake() throws Exception {
    try (OtlpEndpoint endpoint = OtlpEndpoint.start();
        Process process = exporting(endpoint)) {
      endpoint.answer(400);

      Fate refused = process.replay(trace());
      long notTaken = process.settle();
      endpoint.answer(200);
      Fate again = process.replay(trace());
      process.settle();

      assertThat(refused).isEqualTo(Fate.EXPORTED);
      assertThat(notTaken).isEqualTo(1);
      assertThat(again).isEqualTo(Fate.EXPORTED);
      assertThat(endpoint.spansOf("mdso-orchestrator")).hasSize(6);
    }
  }

  @Test
  void claimsNothingWithoutAnEndpoint() throws Exception {
    InMemorySpanExporter text = InMemorySpanExporter.create();
    try (Process silent = showing(LocalTraces.Choice.FAILURES, text)) {
      assertThat(silent.orchestrations.canExport()).isFalse();
      assertThat(silent.replay(trace())).isEqualTo(Fate.SHOWN);
      silent.settle();
      assertThat(text.getFinishedSpanItems()).hasSize(6);
    }
    try (OtlpEndpoint endpoint = OtlpEndpoint.start();
        Process process = exporting(endpoint)) {
      assertThat(process.replay(trace())).isEqualTo(Fate.EXPORTED);
    }
  }

  @Test
  void drawsNoSuccessWhereOnlyFailuresAreKeptAsText() {
    InMemorySpanExporter text = InMemorySpanExporter.create();
    try (Process process = showing(LocalTraces.Choice.FAILURES, text)) {
      assertThat(process.replay(read(traceLog("service-mapper-succeeds"))))
          .isEqualTo(Fate.PASSED_OVER);
    }
    try (Process process = showing(LocalTraces.Choice.ALL, text)) {
      assertThat(process.replay(read(traceLog("service-mapper-succeeds")))).isEqualTo(Fate.SHOWN);
    }
  }

  @Test
  void leavesAnOrchestrationThatHasNotEndedAndOneWithoutEntries() throws Exception {
    try (OtlpEndpoint endpoint = OtlpEndpoint.start();
        Process process = exporting(endpoint)) {
      OrchestrationTrace ofAParent = trace("\"origination_id\": \"6b1d", "\"origination_id\": \"7");
      OrchestrationTrace empty =
          trace("\"orchestration_trace\"", "\"orchestration_trace\": [], \"other\"");

      assertThat(process.replay(ofAParent)).isEqualTo(Fate.NOT_TERMINAL);
      assertThat(process.replay(empty)).isEqualTo(Fate.UNREADABLE);
      process.settle();
      assertThat(endpoint.spansOf("mdso-orchestrator")).isEmpty();
    }
  }

  @Test
  void neverFailsTheCircuitWhenTheLedgerDoes() throws Exception {
    try (OtlpEndpoint endpoint = OtlpEndpoint.start();
        Process process = exporting(endpoint)) {
      process.ledger.close();

      assertThat(process.replay(trace())).isEqualTo(Fate.LEFT);
      assertThat(process.orchestrations.figures()).isEqualTo(Map.of(Fate.LEFT, 1L));
    }
  }

  private Process exporting(OtlpEndpoint endpoint) {
    return new Process(
        Map.of("otel.exporter.otlp.endpoint", endpoint.url()),
        LocalTraces.Choice.NONE,
        SpanProcessor.composite());
  }

  private Process showing(LocalTraces.Choice choice, InMemorySpanExporter text) {
    return new Process(Map.of(), choice, SimpleSpanProcessor.create(text));
  }

  private static OrchestrationTrace trace() {
    return read(traceLog(NAME));
  }

  private static OrchestrationTrace trace(String what, String with) {
    String text = new String(traceLog(NAME), UTF_8);
    assertThat(text).contains(what);
    return read(text.replace(what, with).getBytes(UTF_8));
  }

  private static OrchestrationTrace read(byte[] bytes) {
    return TraceLogFile.read(bytes).orElseThrow();
  }
}
