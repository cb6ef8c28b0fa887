package io.orchscope.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.instrumentation.logback.appender.v1_0.OpenTelemetryAppender;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.SdkMeterProviderBuilder;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.orchscope.settings.InvalidFileException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The OpenTelemetry SDK of this process, configured like any other by {@code OTEL_*}.
 *
 * <p>Exports by OTLP as soon as an endpoint is set; until then the local traces and the metrics
 * page are all there is. It is closed after the last route has stopped, because spans still end
 * while routes drain.
 */
public final class Telemetry implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Telemetry.class);

  /** Takes a burst of 10,000 circuits; the SDK's own 2,048 drops most of it. */
  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("otel.service.name", "mdso-log-collector"),
          Map.entry("otel.exporter.otlp.protocol", "http/protobuf"),
          Map.entry(
              "otel.bsp.max.queue.size", QueueLength.ofHeap(Runtime.getRuntime().maxMemory())),
          Map.entry("otel.bsp.max.export.batch.size", "4096"),
          Map.entry("otel.bsp.schedule.delay", "1000"),
          Map.entry(
              "otel.blrp.max.queue.size", QueueLength.ofHeap(Runtime.getRuntime().maxMemory())),
          Map.entry("otel.blrp.max.export.batch.size", "4096"),
          Map.entry("otel.metric.export.interval", "15000"));

  private static final List<String> SIGNALS = List.of("traces", "metrics", "logs");
  private static final Pattern SDK_KEY = Pattern.compile("otel(\\.[a-z0-9_-]+)+");
  private static final Duration LAST_WORDS = Duration.ofSeconds(10);
  private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

  private final OpenTelemetrySdk sdk;
  private final Drops drops;
  private final Optional<MetricsPage> page;
  private final OrchestrationReplay orchestrations;
  private Optional<Signals> signals = Optional.empty();
  private long quietUntil = System.nanoTime();
  private boolean closed;

  private Telemetry(AutoConfiguredOpenTelemetrySdk configured, Drops drops, Parts parts) {
    this.sdk = configured.getOpenTelemetrySdk();
    this.drops = drops;
    this.page = parts.page();
    this.orchestrations =
        OrchestrationReplay.start(
            parts.properties(),
            parts.environment(),
            parts.local(),
            spans -> drops.note("spans", "export_failed", spans));
  }

  /**
   * What the SDK is put together from, besides {@code OTEL_*}.
   *
   * @param properties {@code otel.*} keys from a file; the environment and system properties win
   * @param environment the operator's name for the MDSO
   * @param local also sees every span, of our own work and of orchestrations
   * @param ofOurWork also sees every span of our own work
   * @param page where Prometheus may scrape
   */
  public record Parts(
      Map<String, String> properties,
      String environment,
      SpanProcessor local,
      SpanProcessor ofOurWork,
      Optional<MetricsPage> page) {}

  /** Starts the SDK. */
  public static Telemetry start(Parts parts) {
    Map<String, String> defaults = withDefaults(parts.properties());
    Listener listener = new Listener();
    Drops drops = new Drops(listener);
    AutoConfiguredOpenTelemetrySdk configured = configured(parts, defaults, drops);
    Telemetry telemetry = new Telemetry(configured, drops, parts);
    listener.telemetry = Optional.of(telemetry);
    OpenTelemetryAppender.install(telemetry.sdk);
    return telemetry;
  }

  private static AutoConfiguredOpenTelemetrySdk configured(
      Parts parts, Map<String, String> defaults, Drops drops) {
    try {
      return AutoConfiguredOpenTelemetrySdk.builder()
          .addPropertiesSupplier(() -> defaults)
          .addPropertiesCustomizer(Telemetry::exportOnlyToAnEndpoint)
          .addResourceCustomizer(
              (resource, config) -> ServiceResource.of(parts.environment()).merge(resource))
          .addTracerProviderCustomizer(
              (builder, config) ->
                  builder
                      .addSpanProcessorFirst(new BaggageOnSpans())
                      .addSpanProcessor(SpanProcessor.composite(parts.local(), parts.ofOurWork())))
          .addLoggerProviderCustomizer(
              (builder, config) ->
                  builder
                      .addLogRecordProcessorFirst(new SecretsOnLogs())
                      .addLogRecordProcessorFirst(new CircuitOnLogs()))
          .addMeterProviderCustomizer((builder, config) -> readers(builder, drops, parts))
          // Ours closes it when the routes have drained; the SDK's hook would not wait for them.
          .disableShutdownHook()
          .build();
    } catch (ConfigurationException refused) {
      throw invalid(refused);
    }
  }

  /**
   * The mistake in a setting of the SDK, without its value and without the cause: the SDK quotes
   * headers, which hold secrets.
   */
  private static InvalidFileException invalid(ConfigurationException refused) {
    String key =
        Stream.<Throwable>iterate(refused, Objects::nonNull, Throwable::getCause)
            .map(failure -> SDK_KEY.matcher(String.valueOf(failure.getMessage())))
            .filter(Matcher::find)
            .map(Matcher::group)
            .findFirst()
            .orElse("otel.*");
    return new InvalidFileException(
        "config/otel.properties or environment",
        "key " + key,
        "OpenTelemetry does not accept the value of '" + key + "'",
        "Correct it: headers are NAME=VALUE with commas between them, endpoints are http or https"
            + " addresses, times are milliseconds.");
  }

  /** Hands drops on; there is nobody to hand them to before the SDK is whole. */
  private static final class Listener implements java.util.function.Consumer<Drops.Drop> {

    private volatile Optional<Telemetry> telemetry = Optional.empty();

    @Override
    public void accept(Drops.Drop drop) {
      telemetry.ifPresent(running -> running.dropped(drop));
    }
  }

  /** The one place that tells of what happens. */
  public synchronized Signals signals(String channel, Clock clock) {
    Signals made = new Signals(sdk, channel, clock);
    signals = Optional.of(made);
    return made;
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

  /** Where the metrics can be read. */
  public Optional<String> metricsUrl() {
    return page.map(MetricsPage::url);
  }

  /** How many spans, log records and points were dropped so far. */
  public long dropped() {
    drops.read();
    return drops.sum();
  }

  /** Sends what is waiting; answers within the limit whether or not somebody took it. */
  public void flush(Duration limit) {
    CompletableResultCode.ofAll(
            List.of(
                sdk.getSdkTracerProvider().forceFlush(),
                sdk.getSdkLoggerProvider().forceFlush(),
                sdk.getSdkMeterProvider().forceFlush()))
        .join(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Sends what is waiting and ends; once is enough.
   *
   * <p>Units: takes ten seconds at most, whoever does not answer. The metrics come last, since they
   * count what became of the rest.
   */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    page.ifPresent(MetricsPage::close);
    long deadline = System.nanoTime() + LAST_WORDS.toNanos();
    CompletableResultCode.ofAll(
            List.of(
                orchestrations.shutdown(),
                sdk.getSdkTracerProvider().shutdown(),
                sdk.getSdkLoggerProvider().shutdown()))
        .join(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
    drops.read();
    long left = Math.max(500, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
    sdk.getSdkMeterProvider().shutdown().join(left, TimeUnit.MILLISECONDS);
  }

  private void dropped(Drops.Drop drop) {
    Optional<Signals> told;
    boolean warn;
    synchronized (this) {
      told = signals;
      warn = System.nanoTime() >= quietUntil;
      if (warn) {
        quietUntil = System.nanoTime() + BETWEEN_WARNINGS.toNanos();
      }
    }
    told.ifPresent(signal -> signal.dropped(drop));
    if (warn) {
      log.warn(
          "Telemetry is being dropped; the work goes on. signal={} reason={} dropped_so_far={}",
          drop.signal(),
          drop.reason(),
          drops.sum());
    }
  }

  private static SdkMeterProviderBuilder readers(
      SdkMeterProviderBuilder builder, Drops drops, Parts parts) {
    builder.registerMetricReader(drops);
    parts.page().ifPresent(open -> builder.registerMetricReader(open.reader()));
    return builder;
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
