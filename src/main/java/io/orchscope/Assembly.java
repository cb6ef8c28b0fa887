package io.orchscope;

import io.opentelemetry.sdk.trace.SpanProcessor;
import io.orchscope.console.Site;
import io.orchscope.ledger.FollowUpBacklog;
import io.orchscope.ledger.Ledger;
import io.orchscope.mdso.PollRequest;
import io.orchscope.mdso.Polls;
import io.orchscope.report.Audience;
import io.orchscope.settings.Clocks;
import io.orchscope.settings.Redaction;
import io.orchscope.settings.RejectedFiles;
import io.orchscope.settings.Settings;
import io.orchscope.step.Orchestrations;
import io.orchscope.step.ServePage;
import io.orchscope.telemetry.LocalTraces;
import io.orchscope.telemetry.LogText;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.PlatformHttpConstants;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/**
 * The whole application, put together but not started: what {@code orchscope run} starts, what
 * tests start, and what {@code orchscope check} looks at.
 */
public final class Assembly implements AutoCloseable {

  /** Whether the application works, or is only put together to see whether it would. */
  enum Purpose {
    WORK,
    TRIAL
  }

  /**
   * What a test sees and turns.
   *
   * @param spans sees every span beside the exporters
   */
  record Looking(SpanProcessor spans, Clocks clocks) {

    static final Looking NOWHERE = new Looking(SpanProcessor.composite(), Clocks.ofThisMachine());
  }

  private final Folders folders;
  private final Configuration configuration;
  private final Wiring wiring;
  private final Observation observation;
  private final Purpose purpose;
  private final Main main;
  private final ProductSchedules schedules;
  private final RouteCollector routes;

  private Assembly(
      Folders folders,
      Configuration configuration,
      Audience audience,
      Looking looking,
      RouteCollector routes,
      Purpose purpose) {
    this.folders = folders;
    this.configuration = configuration;
    this.purpose = purpose;
    Settings settings = configuration.settings();
    this.observation = new Observation(folders, settings, looking.spans(), purpose);
    this.wiring = new Wiring(configuration, audience, observation, looking.clocks());
    if (purpose == Purpose.WORK) {
      LogText.install(wiring.redaction());
    } else {
      // A trial knows no token of the application that it runs beside.
      LogText.installIfAbsent(wiring.redaction());
    }
    this.main = new Main(Assembly.class);
    this.schedules = new ProductSchedules(configuration);
    this.routes = routes;
    prepare();
  }

  /** The application with the files of the working directory and nobody looking on. */
  public static Assembly assemble(Map<String, String> overrides) {
    return assemble(Folders.here(), overrides, Audience.NOBODY);
  }

  /**
   * The application with somebody's files.
   *
   * <p>Errors: {@link io.orchscope.settings.InvalidFileException} when a file of the configuration
   * is wrong; nothing has been opened or written then.
   *
   * @param overrides settings above those of file and environment
   */
  public static Assembly assemble(
      Folders folders, Map<String, String> overrides, Audience audience) {
    return assemble(folders, overrides, audience, Looking.NOWHERE);
  }

  /** The same, with somebody who sees every span, by clocks of their choice. */
  static Assembly assemble(
      Folders folders, Map<String, String> overrides, Audience audience, Looking looking) {
    Configuration configuration = Configuration.read(folders.config(), System.getenv(), overrides);
    UnusedProxies.warn(configuration.settings(), System.getenv(), System.getProperties());
    RouteCollector routes = new RouteCollector(folders.routes());
    return new Assembly(folders, configuration, audience, looking, routes, Purpose.WORK);
  }

  /**
   * The same configuration with edited routes, to see whether they can be assembled.
   *
   * <p>A trial runs beside the application: it opens no port, writes no file, takes no lock and
   * calls no remote system.
   */
  static Assembly trial(Folders folders, Configuration configuration, RouteSources sources) {
    return new Assembly(
        folders,
        configuration,
        Audience.NOBODY,
        Looking.NOWHERE,
        new RouteCollector(folders.routes(), sources),
        Purpose.TRIAL);
  }

  /** Starts the routes. Errors: whatever a route or a component cannot be started for. */
  public void start() {
    requireFreePort();
    main.start();
  }

  /** Works until somebody ends the process. */
  public void run() throws Exception {
    requireFreePort();
    main.run();
  }

  /** A trial does not listen; the port is in use by the application that it runs beside. */
  private void requireFreePort() {
    if (purpose == Purpose.WORK) {
      ListenAddress.requireFree(configuration.settings());
    }
  }

  /** After a start: waits until somebody ends the process, who waits in turn for {@link #close}. */
  public void awaitEnd() throws InterruptedException {
    main.getShutdownStrategy().await();
  }

  /** Polls a product now; answers at once. */
  public void pollNow(PollRequest request) {
    pollNow(request, Optional.empty());
  }

  /** The same as a part of somebody's trace. */
  private void pollNow(PollRequest request, Optional<String> traceparent) {
    Map<String, Object> headers = new HashMap<>();
    traceparent.ifPresent(it -> headers.put("traceparent", it));
    context()
        .createProducerTemplate()
        .sendBodyAndHeaders("seda:poll-now?waitForTaskToComplete=Never", request, headers);
  }

  /**
   * Tells the rooms everything that is owed, due or not, and waits until they have taken it;
   * answers whether that came to pass. What they do not take is told by whoever uses the ledger
   * next.
   */
  public boolean awaitAlerts(Duration limit) throws InterruptedException {
    return awaitAlerts(limit, left -> {});
  }

  /** The same, and calls {@code progress} every moment with how many alerts are left. */
  public boolean awaitAlerts(Duration limit, LongConsumer progress) throws InterruptedException {
    return new PendingAlerts(context(), wiring.outbox()).await(limit, progress);
  }

  /**
   * Waits until each follow-up whose time has come was tried once; returns whether that came to
   * pass.
   */
  public boolean awaitFollowUps(Duration limit) throws InterruptedException {
    return awaitFollowUps(limit, left -> {});
  }

  /**
   * The same, and calls {@code progress} every moment with what is left.
   *
   * @param limit how long it waits without one that ends
   */
  public boolean awaitFollowUps(Duration limit, Consumer<FollowUpBacklog> progress)
      throws InterruptedException {
    return new PendingFollowUps(context(), wiring.followUps()).await(limit, progress);
  }

  /** From now on tries no follow-up a second time. */
  public void tryEachFollowUpOnce() {
    wiring.followUps().tryEachOnce();
  }

  /** The follow-ups that are still to be done. */
  public FollowUpBacklog followUpBacklog() {
    return wiring.followUps().backlog();
  }

  /** The alerts that have not been sent. */
  public long pendingAlerts() {
    return wiring.outbox().depth().alerts();
  }

  @Override
  public void close() {
    main.stop();
    observation.close();
    wiring.close();
  }

  public CamelContext context() {
    return main.getCamelContext();
  }

  public Configuration configuration() {
    return configuration;
  }

  public Polls polls() {
    return wiring.polls();
  }

  public Ledger ledger() {
    return wiring.ledger();
  }

  /** Where the metrics can be read; nowhere when {@code observe.listen} is off. */
  public Optional<String> metricsUrl() {
    return observation.metricsUrl();
  }

  public Orchestrations orchestrations() {
    return wiring.orchestrations();
  }

  public LocalTraces localTraces() {
    return observation.localTraces();
  }

  Map<String, Object> beans() {
    return wiring.beans();
  }

  ProductSchedules schedules() {
    return schedules;
  }

  RejectedFiles rejectedFiles() {
    return wiring.rejectedFiles();
  }

  Redaction redaction() {
    return wiring.redaction();
  }

  /** The route files that were loaded at start. */
  RouteSources routeSources() {
    return routes.sources();
  }

  Folders folders() {
    return folders;
  }

  private void prepare() {
    Site site = wiring.console(folders.config(), this::pollNow).site();
    wiring.beans().put("servePage", new ServePage(site));
    wiring.beans().put("pageHeaders", new PageHeaders());
    wiring.beans().forEach(main::bind);
    Settings settings = configuration.settings();
    if (purpose == Purpose.TRIAL || ListenAddress.console(settings).isEmpty()) {
      main.bind(PlatformHttpConstants.PLATFORM_HTTP_ENGINE_FACTORY, new IdleHttpServer());
    } else {
      main.bind(
          "consoleServer", new ConsoleServer(settings, site, ConsoleAccess.of(settings).tls()));
    }
    main.setRoutesCollector(routes);
    CamelProperties.of(configuration, folders, purpose).forEach(main::addOverrideProperty);
    main.addMainListener(
        new MainListenerSupport() {
          @Override
          public void beforeConfigure(BaseMainSupport starting) {
            prepare(starting.getCamelContext());
          }

          @Override
          public void afterConfigure(BaseMainSupport starting) {
            try {
              schedules.apply(starting.getCamelContext());
            } catch (Exception unusable) {
              throw new IllegalStateException("The products cannot be scheduled.", unusable);
            }
          }
        });
    CircuitQueue queue = CircuitQueue.of(configuration.settings());
    if (purpose == Purpose.WORK && queue.isShared()) {
      main.addMainListener(new SharedQueue(queue));
    }
  }

  private void prepare(CamelContext context) {
    CamelProperties.standAloneIn(context);
    observation.trace(context, wiring);
    schedules.prepare(context, purpose);
    if (purpose == Purpose.WORK) {
      wiring.followUps().through(context);
      Departure.of(context, CircuitQueue.of(configuration.settings()), wiring);
    }
    if (purpose == Purpose.WORK && configuration.settings().flag("routes.reload")) {
      RouteReload.watch(context, this, wiring.rejectedFiles());
    }
    if (purpose == Purpose.WORK && configuration.settings().flag("rules.reload")) {
      RulesReload.watch(context, folders.config(), wiring.classifier(), wiring.rejectedFiles());
    }
  }
}
