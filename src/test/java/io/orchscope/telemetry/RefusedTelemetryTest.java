package io.orchscope.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.orchscope.settings.InvalidFileException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings that the OpenTelemetry SDK does not accept, and that hold secrets. */
final class RefusedTelemetryTest {

  private static final String SECRET = "s3cr3t-Zq7Kw9";

  @ParameterizedTest
  @CsvSource({
    "otel.exporter.otlp.headers, api-key " + SECRET + ", otel.exporter.otlp.headers",
    "otel.exporter.otlp.traces.headers, api-key " + SECRET + ", otel.exporter.otlp.traces.headers",
    "otel.exporter.otlp.traces.endpoint, ftp://ops:" + SECRET + "@otlp.example.com, otel.*",
    "otel.exporter.otlp.timeout, " + SECRET + ", otel.exporter.otlp.timeout"
  })
  void areNamedWithoutTheirValue(String key, String value, String named) {
    SimpleSpanProcessor nothing =
        (SimpleSpanProcessor) SimpleSpanProcessor.create(InMemorySpanExporter.create());
    Map<String, String> properties =
        Map.of("otel.exporter.otlp.endpoint", "http://127.0.0.1:1", key, value);

    InvalidFileException wrong =
        catchThrowableOfType(
            InvalidFileException.class,
            () ->
                Telemetry.start(
                        new Telemetry.Parts(properties, "lab", nothing, nothing, Optional.empty()))
                    .close());

    StringWriter all = new StringWriter();
    wrong.printStackTrace(new PrintWriter(all));
    assertThat(wrong.mistakes()).hasSize(1);
    assertThat(wrong.mistakes().get(0).place()).isEqualTo("key " + named);
    assertThat(all.toString()).doesNotContain(SECRET);
  }
}
