package io.orchscope.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/**
 * Exports what MDSO did as traces of the service {@code mdso-orchestrator}, long after it happened.
 *
 * <p>An SDK of its own, configured by the same {@code OTEL_*}: another service, ids that are
 * computed instead of drawn, no sampling, and no chance that one of the two leaks into the other's
 * spans. Its queue is as long as that of the live one.
 */
public final class OrchestrationReplay implements AutoCloseable {

  private static final String SERVICE = "mdso-orchestrator";
  private static final AttributeKey<String> SERVICE_NAME = AttributeKey.stringKey("service.name");

  /** What a resource says of this process and not of the orchestrator. */
  private static final List<String> OF_THIS_PROCESS =
      List.of("service.version", "service.instance.", "host.", "process.", "os.", "container.");

  private final OpenTelemetrySdk sdk;
  private final OrchestrationSpans spans;
  private final boolean exports;
  private final long queueLength;
  private final AtomicLong owed;
  private final Set<String> lost;
  private final AtomicBoolean closed = new AtomicBoolean();

  private OrchestrationReplay(Setup setup, OpenTelemetrySdk sdk) {
    this.sdk = sdk;
    this.spans =
        new OrchestrationSpans(sdk.getTracer("io.orchscope.orchestrations"), setup.prepared);
    this.exports = setup.exports.get();
    this.queueLength = setup.queueLength.get();
    this.owed = setup.owed;
    this.lost = setup.lost;
  }

  /**
   * Starts it.
   *
   * @param properties {@code otel.*} keys from a file; the environment and system properties win
   * @param environment the operator's name for the MDSO
   * @param local also sees every span, exported or not
   * @param refused hears how many spans nobody took
   */
  public static OrchestrationReplay start(
      Map<String, String> properties,
      String environment,
      SpanProcessor local,
      IntConsumer refused) {
    Setup setup = new Setup();
    OpenTelemetrySdk sdk =
        AutoConfiguredOpenTelemetrySdk.builder()
            .addPropertiesSupplier(() -> Telemetry.withDefaults(properties))
            .addPropertiesCustomizer(OrchestrationReplay::onlyTraces)
            .addResourceCustomizer(
                (resource, config) -> orchestrator(ServiceResource.of(environment).merge(resource)))
            .addSamplerCustomizer((sampler, config) -> Sampler.alwaysOn())
            .addSpanExporterCustomizer(
                (exporter, config) ->
                    new WatchedExporter(exporter, setup.owed, setup.lost, refused))
            .addTracerProviderCustomizer(
                (builder, config) -> setup.note(config, builder.addSpanProcessor(local)))
            .disableShutdownHook()
            .build()
            .getOpenTelemetrySdk();
    return new OrchestrationReplay(setup, sdk);
  }

  /** Whether there is an endpoint that spans go to. */
  public boolean exports() {
    return exports;
  }

  /** Whether so many steps and their root find a place in the queue; it would drop the others. */
  public boolean hasRoomFor(int steps) {
    return !exports || owed.get() + steps + 1 <= queueLength;
  }

  /** Hands an orchestration over; it is exported soon after. */
  public void replay(Replay replay) {
    if (exports) {
      owed.addAndGet(replay.orchestration().steps().size() + 1L);
    }
    spans.write(replay);
  }

  /** Ids of traces that nobody took, in whole or in part; each is said once. */
  public List<String> takeLost() {
    return WatchedExporter.take(lost);
  }

  /** Sends what is waiting; answers within the limit whether or not somebody took it. */
  public void flush(Duration limit) {
    sdk.getSdkTracerProvider().forceFlush().join(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Sends what is waiting and ends; once is enough. */
  @Override
  public void close() {
    shutdown().join(10, TimeUnit.SECONDS);
  }

  /** Ends, and answers when what was waiting has been sent or refused. */
  CompletableResultCode shutdown() {
    return closed.compareAndSet(false, true) ? sdk.shutdown() : CompletableResultCode.ofSuccess();
  }

  private static Map<String, String> onlyTraces(ConfigProperties config) {
    Map<String, String> decided = new HashMap<>(Telemetry.exportOnlyToAnEndpoint(config));
    decided.put("otel.metrics.exporter", "none");
    decided.put("otel.logs.exporter", "none");
    return decided;
  }

  private static Resource orchestrator(Resource ofThisProcess) {
    return ofThisProcess.toBuilder()
        .removeIf(key -> OF_THIS_PROCESS.stream().anyMatch(key.getKey()::startsWith))
        .put(SERVICE_NAME, SERVICE)
        .build();
  }

  /** What is learnt while the SDK is put together. */
  private static final class Setup {

    private final PreparedIds prepared = new PreparedIds();
    private final AtomicBoolean exports = new AtomicBoolean();
    private final AtomicLong queueLength = new AtomicLong();
    private final AtomicLong owed = new AtomicLong();
    private final Set<String> lost = WatchedExporter.noneLost();

    private SdkTracerProviderBuilder note(
        ConfigProperties config, SdkTracerProviderBuilder builder) {
      exports.set(!config.getString("otel.traces.exporter", "none").equals("none"));
      queueLength.set(config.getInt("otel.bsp.max.queue.size", 2048));
      return builder.setIdGenerator(prepared);
    }
  }
}
