package io.orchscope;

import io.opentelemetry.sdk.trace.SpanProcessor;
import io.orchscope.settings.Settings;
import io.orchscope.step.StepTracer;
import io.orchscope.step.Tracing;
import io.orchscope.telemetry.LocalTraces;
import io.orchscope.telemetry.MetricsPage;
import io.orchscope.telemetry.OrchestrationReplay;
import io.orchscope.telemetry.Signals;
import io.orchscope.telemetry.Telemetry;
import java.time.Clock;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * How the application is seen from outside: SDK, local traces, page of metrics, and Camel's tracer.
 * Where nothing works, nothing is seen.
 */
final class Observation implements AutoCloseable {

  private final Settings settings;
  private final LocalTraces localTraces;
  private final Optional<Telemetry> telemetry;
  private final Signals signals;
  private final Optional<MetricsPage> page;

  Observation(Folders folders, Settings settings, SpanProcessor spans, Assembly.Purpose purpose) {
    this.settings = settings;
    boolean works = purpose == Assembly.Purpose.WORK;
    this.localTraces =
        new LocalTraces(
            LocalTraces.Choice.of(works ? settings.text("telemetry.local-traces") : "none"));
    this.page = works ? ListenAddress.metricsPage(settings) : Optional.empty();
    this.telemetry =
        works
            ? Optional.of(
                Telemetry.start(
                    new Telemetry.Parts(
                        OtelFile.read(folders.config().resolve("otel.properties")),
                        settings.text("environment"),
                        localTraces,
                        spans,
                        page)))
            : Optional.empty();
    Clock clock = Clock.systemUTC();
    String channel = settings.text("alerts.channel");
    this.signals =
        telemetry
            .map(running -> running.signals(channel, clock))
            .orElseGet(() -> Signals.silent(channel, clock));
  }

  Signals signals() {
    return signals;
  }

  LocalTraces localTraces() {
    return localTraces;
  }

  /** Where more can be answered; nothing when nobody listens. */
  Optional<MetricsPage> page() {
    return page;
  }

  Optional<String> metricsUrl() {
    return telemetry.flatMap(Telemetry::metricsUrl);
  }

  /** What exports MDSO's own steps; nothing where nothing works. */
  Optional<OrchestrationReplay> replays() {
    return telemetry.map(Telemetry::orchestrations);
  }

  /** Lets every step of the context be a span, from now until it has stopped. */
  void trace(CamelContext context, Wiring wiring) {
    telemetry.ifPresent(running -> trace(context, wiring, running));
  }

  private void trace(CamelContext context, Wiring wiring, Telemetry running) {
    StepTracer tracer =
        new StepTracer(Tracing.of(settings), wiring.remoteCalls(), wiring.redaction());
    tracer.setTracer(running.tracer());
    tracer.setContextPropagators(running.propagators());
    tracer.setCamelContext(context);
    tracer.init(context);
    context.addLifecycleStrategy(
        new LifecycleStrategySupport() {
          @Override
          public void onContextStopped(CamelContext stopped) {
            // Here and not later: the process may end as soon as the context is gone. The last
            // figures are read from the ledger, so it closes after them.
            running.close();
            wiring.close();
          }
        });
  }

  @Override
  public void close() {
    telemetry.ifPresent(Telemetry::close);
  }
}
