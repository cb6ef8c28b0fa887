package io.orchscope.otlp;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.testing.exporter.InMemoryLogRecordExporter;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** One of everything that the SDK can make, as it hands it to its exporters. */
final class Sent {

  static final Resource RESOURCE =
      Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "sender"));
  static final String SCOPE = "io.orchscope.sent";

  private static final Attributes EVERY_TYPE =
      Attributes.builder()
          .put("text", "gültig ✓")
          .put("number", -7L)
          .put("fraction", 0.25)
          .put("truth", true)
          .put("texts", "a", "b")
          .put("numbers", 1L, 2L)
          .put("fractions", 1.5, 2.5)
          .put("truths", true, false)
          .build();

  /** A client's span with a link, an event and an error, within a root that is still without. */
  static List<SpanData> spans() {
    InMemorySpanExporter made = InMemorySpanExporter.create();
    try (SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .setResource(RESOURCE)
            .addSpanProcessor(SimpleSpanProcessor.create(made))
            .build()) {
      Tracer tracer = provider.get(SCOPE);
      Span other = tracer.spanBuilder("other").setSpanKind(SpanKind.CONSUMER).startSpan();
      Span root =
          tracer.spanBuilder("root").setStartTimestamp(Instant.ofEpochSecond(5)).startSpan();
      Span child =
          tracer
              .spanBuilder("child")
              .setParent(Context.root().with(root))
              .setSpanKind(SpanKind.CLIENT)
              .addLink(other.getSpanContext(), Attributes.builder().put("why", "because").build())
              .setAllAttributes(EVERY_TYPE)
              .startSpan();
      child.addEvent("happened", EVERY_TYPE);
      child.setStatus(StatusCode.ERROR, "went wrong");
      child.end();
      root.setStatus(StatusCode.OK);
      root.end();
      other.end();
      return List.copyOf(made.getFinishedSpanItems());
    }
  }

  /** An event within a span, and a line of a log without one. */
  static List<LogRecordData> logs() {
    InMemoryLogRecordExporter made = InMemoryLogRecordExporter.create();
    try (SdkTracerProvider tracers = SdkTracerProvider.builder().build();
        SdkLoggerProvider provider =
            SdkLoggerProvider.builder()
                .setResource(RESOURCE)
                .addLogRecordProcessor(SimpleLogRecordProcessor.create(made))
                .build()) {
      Span span = tracers.get(SCOPE).spanBuilder("around").startSpan();
      provider
          .get(SCOPE)
          .logRecordBuilder()
          .setContext(Context.root().with(span))
          .setTimestamp(Instant.ofEpochSecond(5))
          .setEventName("alert_sent")
          .setSeverity(Severity.WARN)
          .setSeverityText("WARN")
          .setBody("Something was sent.")
          .setAllAttributes(EVERY_TYPE)
          .emit();
      provider.get(SCOPE).logRecordBuilder().setBody("bare").emit();
      return List.copyOf(made.getFinishedLogRecordItems());
    }
  }

  /** A counter, an up-down counter, a gauge, and a histogram measured within a span. */
  static Collection<MetricData> metrics(Span around) {
    InMemoryMetricReader reader = InMemoryMetricReader.create();
    try (SdkMeterProvider provider =
        SdkMeterProvider.builder().setResource(RESOURCE).registerMetricReader(reader).build()) {
      Meter meter = provider.get(SCOPE);
      Attributes mapper = Attributes.builder().put("product_type", "service_mapper").build();
      meter.counterBuilder("calls").setUnit("{call}").setDescription("d").build().add(3, mapper);
      meter.upDownCounterBuilder("working").setUnit("{circuit}").build().add(-2, mapper);
      meter.gaugeBuilder("age").setUnit("s").build().set(1.5);
      try (Scope scope = around.makeCurrent()) {
        meter
            .histogramBuilder("took")
            .setUnit("s")
            .setExplicitBucketBoundariesAdvice(List.of(1.0, 10.0))
            .build()
            .record(2.5, mapper);
      }
      return reader.collectAllMetrics();
    }
  }

  private Sent() {}
}
