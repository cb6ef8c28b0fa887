package io.orchscope.telemetry;

import static io.orchscope.telemetry.ReplaySamples.orchestration;
import static io.orchscope.telemetry.ReplaySamples.replay;
import static io.orchscope.telemetry.ReplaySamples.traceLog;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.orchscope.trace.TraceLogFile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The spans of orchestrations, as a backend gets them. */
final class OrchestrationReplayTest {

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final AttributeKey<Boolean> CRITICAL =
      AttributeKey.booleanKey("mdso.step.critical");
  private static final SpanContext CIRCUIT =
      SpanContext.create(
          "0af7651916cd43dd8448eb211c80319c",
          "b7ad6b7169203331",
          TraceFlags.getSampled(),
          TraceState.getDefault());

  // start, duration, what, how it ended; * is on the critical path
  @Test
  void drawsAFailedNetworkServiceWithTheChecksWithinItsChecks() {
    assertThat(drawn(spansOf("network-service-fails-in-a-nested-check", Optional.empty())))
        .isEqualTo(
            """
            14:06:19  44s    activate NetworkService ERROR DE-1000
            14:06:20  43s  *   networkservice.Activate ERROR UNCLASSIFIED
            14:06:21   7s  *     circuitdetailscollector.Activate
            14:06:28  34s  *     networkserviceprecheck.Activate ERROR DE-1000
            14:06:29  32s  *       servicedevicecvalidator.Activate ERROR DE-1000
            14:06:30  30s  *         deviceconnectivitycheck.Activate ERROR DE-1005
            """);
  }

  @Test
  void drawsAPartialDisconnectWithACheckThatRanTwiceAndAStepWithoutAnEnd() {
    assertThat(drawn(spansOf("partial-disconnect-checks-the-z-side-twice", Optional.empty())))
        .isEqualTo(
            """
            14:06:19  36s    activate DisconnectMapper ERROR DE-1000
            14:06:19  36s  *   disconnectMapper.Activate ERROR DE-1000
            14:06:21  30s        deviceconnectivitycheck.Activate ERROR DE-1000
            14:06:22  15s  *     deviceconnectivitycheck.Activate ERROR DE-1000
            14:06:38  14s  *     deviceconnectivitycheck.Activate ERROR DE-1000
            14:06:53   0s        servicedependencymodifier.Activate missing
            """);
  }

  @Test
  void drawsASuccessWithTwoStepsAtATime() {
    assertThat(drawn(spansOf("service-mapper-succeeds", Optional.empty())))
        .isEqualTo(
            """
            14:06:19  21s    activate ServiceMapper
            14:06:19  21s  *   serviceMapper.Activate
            14:06:20   3s  *     circuitdetailscollector.Activate
            14:06:23   7s        pedeviceonboarder.Activate
            14:06:24  15s  *     cpedeviceonboarder.Activate
            """);
  }

  @Test
  void computesTheIdsFromTheTraceLogAlone() {
    List<SpanData> one = spansOf("network-service-fails-in-a-nested-check", Optional.empty());
    List<SpanData> other = spansOf("network-service-fails-in-a-nested-check", Optional.of(CIRCUIT));

    assertThat(ids(one)).isEqualTo(ids(other)).doesNotHaveDuplicates().hasSize(6);
    // sha256("mdso-orch/v1|f3a9c1d2e4b50617|6b1d…aa|6b1d…01"), its first 16 bytes
    assertThat(one).extracting(SpanData::getTraceId).containsOnly(ReplaySamples.TRACE_ID);
    assertThat(root(one).getSpanContext())
        .isEqualTo(
            OrchestrationIds.of(orchestration("network-service-fails-in-a-nested-check").trace())
                .root());
  }

  @Test
  void givesAnotherAttemptAnotherTrace() {
    byte[] bytes = traceLog("network-service-fails-in-a-nested-check");
    byte[] another =
        new String(bytes, StandardCharsets.UTF_8)
            .replaceFirst("-000000000001\"", "-000000000009\"")
            .getBytes(StandardCharsets.UTF_8);

    assertThat(OrchestrationIds.of(TraceLogFile.read(another).orElseThrow()).traceId())
        .isNotEqualTo(OrchestrationIds.of(TraceLogFile.read(bytes).orElseThrow()).traceId());
  }

  @Test
  void saysOnTheRootWhoseOrchestrationItIs() {
    SpanData root =
        root(spansOf("partial-disconnect-checks-the-z-side-twice", Optional.of(CIRCUIT)));

    assertThat(attributes(root))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("mdso.circuit_id", "80.L1XX.000001..TEST"),
                Map.entry("mdso.product_type", "disconnect_mapper"),
                Map.entry("mdso.product_name", "DisconnectMapper"),
                Map.entry("mdso.resource_id", "6b1d0c2e-0000-11ee-9000-0000000000aa"),
                Map.entry("mdso.operation", "activate"),
                Map.entry("mdso.orch_state", "failed"),
                Map.entry("mdso.defect_code", "DE-1000"),
                Map.entry("mdso.trace_log_id", "6b1d0c2e-0000-11ee-9000-000000000002"),
                Map.entry("mdso.outcome", "defective"),
                Map.entry("error.type", "DE-1000")));
    assertThat(root.getLinks())
        .singleElement()
        .satisfies(
            link -> {
              assertThat(link.getSpanContext()).isEqualTo(CIRCUIT);
              assertThat(link.getAttributes().get(AttributeKey.stringKey("mdso.link.type")))
                  .isEqualTo("circuit");
            });
  }

  @Test
  void saysOnAStepWhatRanAndHowItEnded() {
    SpanData step =
        spansOf("network-service-fails-in-a-nested-check", Optional.empty()).stream()
            .filter(span -> span.getName().equals("servicedevicecvalidator.Activate"))
            .findFirst()
            .orElseThrow();

    assertThat(attributes(step))
        .isEqualTo(
            Map.of(
                "mdso.step.state", "FAILED",
                "mdso.resource_id", "6b1d0c2e-0000-11ee-9000-0000000000dd",
                "mdso.resource_type", "charter.resourceTypes.ServiceDeviceValidator",
                "mdso.process", "scripts.networkservice.servicedevicecvalidator.Activate",
                "mdso.log_file",
                    "plan-script-6b1d0c2e-0000-11ee-9000-0000000000dd-activate-2024-03-01T14:06:19.682Z",
                "mdso.step.critical", "true",
                "error.type", "DE-1000"));
    assertThat(step.getStatus().getDescription()).startsWith("MDSO | Connectivity Error");
  }

  @Test
  void isAServiceOfItsOwnInTheSameEnvironment() {
    InMemorySpanExporter seen = InMemorySpanExporter.create();
    Map<String, String> properties =
        Map.of(
            "otel.service.name", "mdso-log-collector",
            "otel.resource.attributes",
                "deployment.environment.name=lab,service.version=0.1.0,host.name=a-host");
    try (OrchestrationReplay replay =
        OrchestrationReplay.start(
            properties, "lab", SimpleSpanProcessor.create(seen), spans -> {})) {
      replay.replay(replay("service-mapper-succeeds", Optional.empty()));
      replay.flush(Duration.ofSeconds(5));

      Map<String, String> resource =
          seen
              .getFinishedSpanItems()
              .get(0)
              .getResource()
              .getAttributes()
              .asMap()
              .entrySet()
              .stream()
              .filter(it -> !it.getKey().getKey().startsWith("telemetry.sdk."))
              .collect(
                  Collectors.toMap(it -> it.getKey().getKey(), it -> it.getValue().toString()));
      assertThat(resource)
          .isEqualTo(
              Map.of(
                  "service.name", "mdso-orchestrator",
                  "deployment.environment", "lab",
                  "deployment.environment.name", "lab"));
      assertThat(replay.exports()).isFalse();
    }
  }

  @Test
  void leavesTheIdsOfOurOwnWorkToChance() {
    InMemorySpanExporter seen = InMemorySpanExporter.create();
    Set<String> own = new HashSet<>();
    try (Telemetry telemetry =
        Telemetry.start(
            new Telemetry.Parts(
                Map.of(),
                "lab",
                SimpleSpanProcessor.create(seen),
                SimpleSpanProcessor.create(seen),
                Optional.empty()))) {
      IntStream.range(0, 200)
          .parallel()
          .forEach(
              i -> {
                telemetry
                    .orchestrations()
                    .replay(replay("service-mapper-succeeds", Optional.empty()));
                Span span = telemetry.tracer().spanBuilder("own").startSpan();
                span.end();
                synchronized (own) {
                  own.add(span.getSpanContext().getTraceId());
                  own.add(span.getSpanContext().getSpanId());
                }
              });
    }

    assertThat(own).hasSize(400);
    assertThat(seen.getFinishedSpanItems().stream())
        .filteredOn(span -> !span.getName().equals("own"))
        .noneMatch(span -> own.contains(span.getTraceId()) || own.contains(span.getSpanId()));
  }

  @Test
  void cutsTextAtAThousandBytesAndNeverInsideACharacter() {
    assertThat(ShortText.of("a".repeat(2000))).hasSize(1000);
    assertThat(ShortText.of("é".repeat(2000))).isEqualTo("é".repeat(500));
    assertThat(ShortText.of("😀".repeat(2000))).isEqualTo("😀".repeat(250));
    assertThat(ShortText.of("short")).isEqualTo("short");
  }

  private static List<SpanData> spansOf(String name, Optional<SpanContext> circuit) {
    InMemorySpanExporter seen = InMemorySpanExporter.create();
    try (OrchestrationReplay replay =
        OrchestrationReplay.start(Map.of(), "lab", SimpleSpanProcessor.create(seen), spans -> {})) {
      replay.replay(replay(name, circuit));
      replay.flush(Duration.ofSeconds(5));
      return List.copyOf(seen.getFinishedSpanItems());
    }
  }

  private static String drawn(List<SpanData> spans) {
    StringBuilder tree = new StringBuilder();
    draw(root(spans), spans, "", tree);
    return tree.toString();
  }

  private static void draw(SpanData span, List<SpanData> all, String indent, StringBuilder tree) {
    Object quality = span.getAttributes().get(AttributeKey.stringKey("mdso.time.quality"));
    tree.append(
        "%s %3ds  %s %s%s%s%s%n"
            .formatted(
                CLOCK.format(Instant.ofEpochSecond(0, span.getStartEpochNanos())),
                TimeUnit.NANOSECONDS.toSeconds(span.getEndEpochNanos() - span.getStartEpochNanos()),
                Boolean.TRUE.equals(span.getAttributes().get(CRITICAL)) ? "*" : " ",
                indent + span.getName(),
                span.getStatus().getStatusCode() == StatusCode.ERROR ? " ERROR " : "",
                Optional.ofNullable(span.getAttributes().get(AttributeKey.stringKey("error.type")))
                    .orElse(""),
                quality == null ? "" : " " + quality));
    all.stream()
        .filter(child -> child.getParentSpanId().equals(span.getSpanId()))
        .sorted(Comparator.comparingLong(SpanData::getStartEpochNanos))
        .forEach(child -> draw(child, all, indent + "  ", tree));
  }

  private static SpanData root(List<SpanData> spans) {
    return spans.stream()
        .filter(span -> !span.getParentSpanContext().isValid())
        .findFirst()
        .orElseThrow();
  }

  private static List<String> ids(List<SpanData> spans) {
    return spans.stream()
        .map(span -> span.getTraceId() + " " + span.getSpanId() + " " + span.getParentSpanId())
        .toList();
  }

  private static Map<String, String> attributes(SpanData span) {
    return span.getAttributes().asMap().entrySet().stream()
        .collect(Collectors.toMap(it -> it.getKey().getKey(), it -> it.getValue().toString()));
  }
}
