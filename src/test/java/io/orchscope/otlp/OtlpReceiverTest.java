package io.orchscope.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.orchscope.otlp.ReceivedMetric.Kind;
import io.orchscope.otlp.ReceivedMetric.Point;
import io.orchscope.otlp.ReceivedMetric.Temporality;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the SDK's exporters send is what the receiver has. */
final class OtlpReceiverTest {

  @ParameterizedTest
  @EnumSource
  void takesSpansAsTheyWere(Exporters by) {
    List<SpanData> sent = Sent.spans();
    try (OtlpReceiver receiver = OtlpReceiver.start();
        SpanExporter exporter = by.spans(receiver.endpoint())) {

      assertThat(succeeds(exporter.export(sent))).isTrue();

      assertThat(receiver.spans())
          .containsExactlyElementsOf(sent.stream().map(OtlpReceiverTest::asReceived).toList());
      assertThat(receiver.count(Signal.TRACES)).isEqualTo(sent.size());
      assertThat(receiver.requests(Signal.TRACES)).isOne();
      assertThat(receiver.bytes(Signal.TRACES)).isPositive();
      assertThat(receiver.unreadable()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesLogRecordsAsTheyWere(Exporters by) {
    List<LogRecordData> sent = Sent.logs();
    try (OtlpReceiver receiver = OtlpReceiver.start();
        LogRecordExporter exporter = by.logs(receiver.endpoint())) {

      assertThat(succeeds(exporter.export(sent))).isTrue();

      assertThat(receiver.logs())
          .containsExactlyElementsOf(sent.stream().map(OtlpReceiverTest::asReceived).toList());
      assertThat(receiver.logs())
          .extracting(ReceivedLog::eventName)
          .containsExactly("alert_sent", "");
      assertThat(receiver.unreadable()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesMetricsAsTheyWere(Exporters by) {
    String traceId = "0af7651916cd43dd8448eb211c80319c";
    String spanId = "b7ad6b7169203331";
    Span around =
        Span.wrap(
            SpanContext.create(traceId, spanId, TraceFlags.getSampled(), TraceState.getDefault()));
    Map<String, String> mapper = Map.of("product_type", "service_mapper");
    try (OtlpReceiver receiver = OtlpReceiver.start();
        MetricExporter exporter = by.metrics(receiver.endpoint())) {

      assertThat(succeeds(exporter.export(Sent.metrics(around)))).isTrue();

      assertThat(receiver.metrics()).hasSize(4);
      ReceivedMetric calls = receiver.metric("calls").orElseThrow();
      assertThat(calls.kind()).isEqualTo(Kind.COUNTER);
      assertThat(calls.isMonotonic()).isTrue();
      assertThat(calls.temporality()).isEqualTo(Temporality.CUMULATIVE);
      assertThat(calls.unit()).isEqualTo("{call}");
      assertThat(calls.description()).isEqualTo("d");
      assertThat(calls.resource()).isEqualTo(Sent.RESOURCE.getAttributes());
      assertThat(calls.scope()).isEqualTo(Sent.SCOPE);
      assertThat(calls.point(mapper).map(Point::value)).contains(3.0);
      ReceivedMetric working = receiver.metric("working").orElseThrow();
      assertThat(working.kind()).isEqualTo(Kind.UP_DOWN_COUNTER);
      assertThat(working.point(mapper).map(Point::value)).contains(-2.0);
      ReceivedMetric age = receiver.metric("age").orElseThrow();
      assertThat(age.kind()).isEqualTo(Kind.GAUGE);
      assertThat(age.temporality()).isEqualTo(Temporality.NONE);
      assertThat(age.point(Map.of()).map(Point::value)).contains(1.5);
      ReceivedMetric took = receiver.metric("took").orElseThrow();
      assertThat(took.kind()).isEqualTo(Kind.HISTOGRAM);
      Point point = took.point(mapper).orElseThrow();
      assertThat(point)
          .isEqualTo(
              new Point(
                  Attributes.builder().put("product_type", "service_mapper").build(),
                  point.startNanos(),
                  point.nanos(),
                  2.5,
                  1,
                  2.5,
                  2.5,
                  List.of(1.0, 10.0),
                  List.of(0L, 1L, 0L),
                  List.of(
                      new ReceivedMetric.Exemplar(
                          traceId, spanId, 2.5, point.exemplars().get(0).nanos()))));
      assertThat(receiver.unreadable()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesNothingThatItRefusesOrDoesNotAnswer(Exporters by) {
    List<SpanData> sent = Sent.spans();
    try (OtlpReceiver receiver = OtlpReceiver.start();
        SpanExporter hasty = by.spans(receiver.endpoint(), Duration.ofSeconds(1));
        SpanExporter exporter = by.spans(receiver.endpoint())) {
      for (Behaviour bad :
          List.of(Behaviour.refusing(), Behaviour.unavailable(Duration.ofSeconds(1)))) {
        receiver.behave(bad);
        assertThat(succeeds(exporter.export(sent))).as(bad.toString()).isFalse();
      }
      receiver.behave(Behaviour.silent());
      assertThat(succeeds(hasty.export(sent))).as("silent").isFalse();
      receiver.goDown();
      assertThat(succeeds(exporter.export(sent))).as("a closed port").isFalse();
      receiver.comeBack();
      receiver.behave(Behaviour.normal());
      assertThat(succeeds(exporter.export(sent))).as("all is well again").isTrue();

      assertThat(receiver.spans()).hasSize(sent.size());
      // The hasty one may have given up before it had sent anything.
      assertThat(receiver.requests(Signal.TRACES)).isBetween(3L, 4L);
    }
  }

  @ParameterizedTest
  @EnumSource
  void answersLateWithoutKeepingOthersWaiting(Exporters by) {
    List<SpanData> sent = Sent.spans();
    try (OtlpReceiver receiver = OtlpReceiver.start();
        SpanExporter exporter = by.spans(receiver.endpoint());
        SpanExporter other = by.spans(receiver.endpoint())) {
      receiver.behave(Behaviour.slow(Duration.ofMinutes(10)));
      CompletableResultCode never = exporter.export(sent);
      receiver.awaitCount(Signal.TRACES, sent.size(), Duration.ofMinutes(1));
      receiver.behave(Behaviour.slow(Duration.ofMillis(300)));
      long begun = System.nanoTime();

      assertThat(succeeds(other.export(sent))).isTrue();
      assertThat(never.isDone()).isFalse();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(290));
    }
  }

  @ParameterizedTest
  @EnumSource
  void leavesOutTheLastFewOfARequestThatItRejectsInPart(Exporters by) {
    List<SpanData> sent = Sent.spans();
    try (OtlpReceiver receiver = OtlpReceiver.start();
        SpanExporter exporter = by.spans(receiver.endpoint())) {
      receiver.behave(Behaviour.rejecting(1));

      assertThat(succeeds(exporter.export(sent))).isTrue();

      assertThat(receiver.spans())
          .extracting(ReceivedSpan::spanId)
          .containsExactly(sent.get(0).getSpanId(), sent.get(1).getSpanId());
    }
  }

  @Test
  void countsWithoutReading() {
    List<SpanData> sent = Collections.nCopies(1_000, Sent.spans().get(0));
    try (OtlpReceiver receiver = OtlpReceiver.counting();
        SpanExporter spans = Exporters.HTTP_GZIP.spans(receiver.endpoint());
        LogRecordExporter logs = Exporters.GRPC.logs(receiver.endpoint());
        MetricExporter metrics = Exporters.HTTP.metrics(receiver.endpoint())) {

      assertThat(succeeds(spans.export(sent))).isTrue();
      assertThat(succeeds(logs.export(Sent.logs()))).isTrue();
      assertThat(succeeds(metrics.export(Sent.metrics(Span.getInvalid())))).isTrue();

      assertThat(receiver.count(Signal.TRACES)).isEqualTo(1_000);
      assertThat(receiver.count(Signal.LOGS)).isEqualTo(2);
      assertThat(receiver.count(Signal.METRICS)).isEqualTo(4);
      assertThat(receiver.spans()).isEmpty();
    }
  }

  @Test
  void talliesWhetherSpansFitTogether() {
    SpanTally tally = new SpanTally();
    List<SpanData> sent = Sent.spans();
    SpanData child = sent.get(0);
    try (OtlpReceiver receiver = OtlpReceiver.start(tally);
        SpanExporter exporter = Exporters.GRPC.spans(receiver.endpoint())) {
      assertThat(succeeds(exporter.export(List.of(child, child)))).isTrue();
      assertThat(tally.orphans()).isEqualTo(2);
      assertThat(succeeds(exporter.export(sent.subList(1, 3)))).isTrue();

      assertThat(tally.count()).isEqualTo(4);
      assertThat(tally.distinct()).isEqualTo(3);
      assertThat(tally.orphans()).isZero();
      assertThat(tally.roots())
          .extracting(SpanTally.Root::name)
          .containsExactlyInAnyOrder("root", "other");
      assertThat(tally.names()).isEqualTo(Map.of("child", 2L, "root", 1L, "other", 1L));
    }
  }

  private static boolean succeeds(CompletableResultCode result) {
    return result.join(2, TimeUnit.MINUTES).isSuccess();
  }

  private static ReceivedSpan asReceived(SpanData sent) {
    return new ReceivedSpan(
        sent.getTraceId(),
        sent.getSpanId(),
        sent.getParentSpanContext().isValid() ? sent.getParentSpanId() : "",
        sent.getName(),
        sent.getKind(),
        sent.getStartEpochNanos(),
        sent.getEndEpochNanos(),
        sent.getAttributes().toBuilder().build(),
        sent.getEvents().stream()
            .map(it -> new ReceivedSpan.Event(it.getName(), it.getEpochNanos(), it.getAttributes()))
            .toList(),
        sent.getLinks().stream()
            .map(
                it ->
                    new ReceivedSpan.Link(
                        it.getSpanContext().getTraceId(),
                        it.getSpanContext().getSpanId(),
                        it.getAttributes()))
            .toList(),
        sent.getStatus().getStatusCode(),
        sent.getStatus().getDescription(),
        sent.getResource().getAttributes(),
        sent.getInstrumentationScopeInfo().getName());
  }

  private static ReceivedLog asReceived(LogRecordData sent) {
    boolean within = sent.getSpanContext().isValid();
    return new ReceivedLog(
        sent.getTimestampEpochNanos(),
        sent.getObservedTimestampEpochNanos(),
        Optional.ofNullable(sent.getEventName()).orElse(""),
        sent.getSeverity().getSeverityNumber(),
        Optional.ofNullable(sent.getSeverityText()).orElse(""),
        Objects.requireNonNull(sent.getBodyValue()).asString(),
        sent.getAttributes().toBuilder().build(),
        within ? sent.getSpanContext().getTraceId() : "",
        within ? sent.getSpanContext().getSpanId() : "",
        sent.getResource().getAttributes(),
        sent.getInstrumentationScopeInfo().getName());
  }
}
