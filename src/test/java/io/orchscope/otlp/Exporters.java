package io.orchscope.otlp;

import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;

/** The SDK's own exporters, by protocol and compression; they try once. */
enum Exporters {
  HTTP("none"),
  HTTP_GZIP("gzip"),
  GRPC("none"),
  GRPC_GZIP("gzip");

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final String compression;

  Exporters(String compression) {
    this.compression = compression;
  }

  SpanExporter spans(String endpoint) {
    return spans(endpoint, LIMIT);
  }

  /** One that waits no longer than that for an answer. */
  SpanExporter spans(String endpoint, Duration limit) {
    return isGrpc()
        ? OtlpGrpcSpanExporter.builder()
            .setEndpoint(endpoint)
            .setCompression(compression)
            .setTimeout(limit)
            .setRetryPolicy(null)
            .build()
        : OtlpHttpSpanExporter.builder()
            .setEndpoint(endpoint + "/v1/traces")
            .setCompression(compression)
            .setTimeout(limit)
            .setRetryPolicy(null)
            .build();
  }

  MetricExporter metrics(String endpoint) {
    return isGrpc()
        ? OtlpGrpcMetricExporter.builder()
            .setEndpoint(endpoint)
            .setCompression(compression)
            .setTimeout(LIMIT)
            .build()
        : OtlpHttpMetricExporter.builder()
            .setEndpoint(endpoint + "/v1/metrics")
            .setCompression(compression)
            .setTimeout(LIMIT)
            .build();
  }

  LogRecordExporter logs(String endpoint) {
    return isGrpc()
        ? OtlpGrpcLogRecordExporter.builder()
            .setEndpoint(endpoint)
            .setCompression(compression)
            .setTimeout(LIMIT)
            .build()
        : OtlpHttpLogRecordExporter.builder()
            .setEndpoint(endpoint + "/v1/logs")
            .setCompression(compression)
            .setTimeout(LIMIT)
            .build();
  }

  private boolean isGrpc() {
    return this == GRPC || this == GRPC_GZIP;
  }
}
