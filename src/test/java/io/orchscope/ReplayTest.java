package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.orchscope.mdso.PollSummary;
import io.orchscope.simulator.Simulator;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MDSO's own steps beside ours, through the routes as shipped. */
final class ReplayTest {

  private static final AttributeKey<String> LINK_TYPE = AttributeKey.stringKey("mdso.link.type");

  @TempDir private Path folder;

  // examine-circuit   T1 ── mdso.link.type=orchestration ──> activate ServiceMapper   T2
  //                      <───── mdso.link.type=circuit ─────
  @Test
  void linksACircuitWithEachOfItsOrchestrationsAndBack() throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "4", "failures", "100%"));
        Running running = Running.start(folder, simulator, Map.of())) {

      running.pollAndSettle();

      List<SpanData> circuits = running.spans().named("mdso.circuit");
      assertThat(circuits).hasSize(4);
      for (SpanData circuit : circuits) {
        List<LinkData> links =
            circuit.getLinks().stream().filter(link -> isOf("orchestration", link)).toList();
        assertThat(links).isNotEmpty();
        for (LinkData link : links) {
          SpanData root = rootOf(running, link.getSpanContext().getTraceId());
          assertThat(root.getSpanContext()).isEqualTo(link.getSpanContext());
          assertThat(root.getLinks())
              .singleElement()
              .satisfies(
                  back -> {
                    assertThat(back.getSpanContext()).isEqualTo(circuit.getSpanContext());
                    assertThat(isOf("circuit", back)).isTrue();
                  });
        }
      }
    }
  }

  @Test
  void exportsEveryOrchestrationOfAPollOnce() throws Exception {
    try (OtlpEndpoint endpoint = OtlpEndpoint.start();
        Simulator simulator = Running.world(Map.of("resources", "30", "failures", "50%"))) {
      Running.configure(folder, "otel.properties", endpoint.property());
      long linked;
      try (Running running = Running.start(folder, simulator, Map.of())) {
        PollSummary poll = running.pollAndSettle();
        linked =
            running.spans().named("mdso.circuit").stream()
                .flatMap(root -> root.getLinks().stream())
                .filter(link -> isOf("orchestration", link))
                .map(link -> link.getSpanContext().getTraceId())
                .distinct()
                .count();
        assertThat(poll.isBalanced()).isTrue();
      }

      List<OtlpEndpoint.Span> spans = endpoint.spansOf("mdso-orchestrator");
      assertThat(linked).isPositive();
      assertThat(spans.stream().map(OtlpEndpoint.Span::traceId).distinct()).hasSize((int) linked);
      assertThat(spans).extracting(OtlpEndpoint.Span::spanId).doesNotHaveDuplicates();
      assertThat(endpoint.spansOf("mdso-log-collector"))
          .extracting(OtlpEndpoint.Span::traceId)
          .doesNotContainAnyElementsOf(
              spans.stream().map(OtlpEndpoint.Span::traceId).distinct().toList());
    }
  }

  @Test
  void doesNothingWhenItIsOff() throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "2", "failures", "100%"));
        Running running =
            Running.start(folder, simulator, Map.of("telemetry.orchestrations", "off"))) {

      running.pollAndSettle();

      assertThat(running.spans().named("mdso.circuit"))
          .hasSize(2)
          .allMatch(
              root -> root.getLinks().stream().noneMatch(link -> isOf("orchestration", link)));
      assertThat(running.assembly().orchestrations().figures()).isEmpty();
    }
  }

  private static SpanData rootOf(Running running, String traceId) {
    return running
        .assembly()
        .localTraces()
        .newest(span -> span.getTraceId().equals(traceId))
        .stream()
        .flatMap(List::stream)
        .filter(span -> !span.getParentSpanContext().isValid())
        .findFirst()
        .orElseThrow();
  }

  private static boolean isOf(String type, LinkData link) {
    return Objects.equals(type, link.getAttributes().get(LINK_TYPE));
  }
}
