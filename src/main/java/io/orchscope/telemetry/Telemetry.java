package io.orchscope.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.instrumentation.logback.appender.v1_0.OpenTelemetryAppender;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The OpenTelemetry SDK of this process, configured like any other by {@code OTEL_*}.
 *
 * <p>Exports by OTLP as soon as an endpoint is set; until then the local traces are all there is.
 * It is closed after the last route has stopped, because spans still end while routes drain.
 */
public final class Telemetry implements AutoCloseable {

  /** Takes a burst of 10,000 circuits; the SDK's own 2,048 drops most of it. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "otel.service.name", "mdso-log-collector",
          "otel.exporter.otlp.protocol", "http/protobuf",
          "otel.bsp.max.queue.size", "65536",
          "otel.bsp.max.export.batch.size", "4096",
          "otel.bsp.schedule.delay", "1000");

  private static final List<String> SIGNALS = List.of("traces", "metrics", "logs");

  private final OpenTelemetrySdk sdk;
  private final OrchestrationReplay orchestrations;
  private boolean closed;

  private Telemetry(OpenTelemetrySdk sdk, OrchestrationReplay orchestrations) {
    this.sdk = sdk;
    this.orchestrations = orchestrations;
  }

  /**
   * Starts the SDK.
   *
   * @param properties {@code otel.*} keys from a file; the environment and system properties win
   * @param local also sees every span, of our own work and of orchestrations
   * @param ofOurWork also sees every span of our own work
   */
  public static Telemetry start(
      Map<String, String> properties, SpanProcessor local, SpanProcessor ofOurWork) {
    Map<String, String> defaults = withDefaults(properties);
    OpenTelemetrySdk sdk =
        AutoConfiguredOpenTelemetrySdk.builder()
            .addPropertiesSupplier(() -> defaults)
            .addPropertiesCustomizer(Telemetry::exportOnlyToAnEndpoint)
            .addTracerProviderCustomizer(
                (builder, config) ->
                    builder.addSpanProcessor(SpanProcessor.composite(local, ofOurWork)))
            // Ours closes it when the routes have drained; the SDK's hook would not wait for them.
            .disableShutdownHook()
            .build()
            .getOpenTelemetrySdk();
    OpenTelemetryAppender.install(sdk);
    return new Telemetry(sdk, OrchestrationReplay.start(properties, local));
  }

  public Tracer tracer() {
    return sdk.getTracer("io.orchscope");
  }

  public ContextPropagators propagators() {
    return sdk.getPropagators();
  }

  public OpenTelemetry api() {
    return sdk;
  }

  /** What exports MDSO's own steps; closed with this. */
  public OrchestrationReplay orchestrations() {
    return orchestrations;
  }

  /** Sends what is waiting; answers within the limit whether or not somebody took it. */
  public void flush(Duration limit) {
    sdk.getSdkTracerProvider().forceFlush().join(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Sends what is waiting and ends; once is enough. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    orchestrations.close();
    sdk.shutdown().join(10, TimeUnit.SECONDS);
  }

  static Map<String, String> withDefaults(Map<String, String> properties) {
    Map<String, String> all = new HashMap<>(DEFAULTS);
    all.putAll(properties);
    return all;
  }

  static Map<String, String> exportOnlyToAnEndpoint(ConfigProperties config) {
    Map<String, String> decided = new HashMap<>();
    for (String signal : SIGNALS) {
      boolean endpoint =
          config.getString("otel.exporter.otlp.endpoint") != null
              || config.getString("otel.exporter.otlp." + signal + ".endpoint") != null;
      if (config.getString("otel." + signal + ".exporter") == null) {
        decided.put("otel." + signal + ".exporter", endpoint ? "otlp" : "none");
      }
    }
    return decided;
  }
}
