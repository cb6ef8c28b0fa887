package io.orchscope;

import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.orchscope.defect.Examination;
import io.orchscope.mdso.PollRequest;
import io.orchscope.mdso.PollSummary;
import io.orchscope.report.Audience;
import io.orchscope.settings.Clocks;
import io.orchscope.simulator.LoggedRequest;
import io.orchscope.simulator.Simulator;
import io.orchscope.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;

/**
 * The application at work: production wiring and the routes as shipped, over a folder of its own,
 * with all that it shows of itself kept in memory. No product has a schedule; a test polls.
 */
final class Running implements AutoCloseable {

  private static final Duration LONG_AGO = Duration.ofDays(36_500);

  /** A time-out costs nothing when the condition comes; a busy machine takes its time. */
  private static final Duration LIMIT = Duration.ofMinutes(4);

  /** What was current in the bean that decided a circuit. */
  record Surroundings(String pollId, Baggage baggage, SpanContext span) {}

  /** What the audience has heard. */
  private static final class Heard implements Audience {

    private final Queue<Examination> decided = new ConcurrentLinkedQueue<>();
    private final Queue<String> alerts = new ConcurrentLinkedQueue<>();
    private final LongAdder told = new LongAdder();
    private final Queue<PollSummary> polls = new ConcurrentLinkedQueue<>();
    private final Queue<Surroundings> surroundings = new ConcurrentLinkedQueue<>();

    @Override
    public void decided(Examination examination) {
      decided.add(examination);
      surroundings.add(
          new Surroundings(
              examination.pollId(), Baggage.current(), Span.current().getSpanContext()));
    }

    @Override
    public void alerted(String text, long alerts, boolean sent) {
      this.alerts.add(text);
      told.add(alerts);
    }

    @Override
    public void pollEnded(PollSummary summary) {
      polls.add(summary);
    }
  }

  private final Simulator simulator;
  private final Path folder;
  private final Heard heard = new Heard();
  private final SpanKeeper spans = new SpanKeeper();
  private final LogLines log;
  private final Assembly assembly;

  private Running(
      Simulator simulator,
      Path folder,
      Folders folders,
      Map<String, String> settings,
      Clocks clocks)
      throws ReflectiveOperationException {
    this.simulator = simulator;
    this.folder = folder;
    log = LogLines.open();
    assembly = Assembly.assemble(folders, settings, heard, new Assembly.Looking(spans, clocks));
    assembly.start();
  }

  /** Settings of an application in production: page, page of metrics and Webex are on. */
  static Map<String, String> inProduction() throws IOException {
    return Map.of(
        "console.listen",
        "127.0.0.1:" + PageClient.freePort(),
        "observe.listen",
        "127.0.0.1:" + PageClient.freePort(),
        "alerts.channel",
        "webex",
        "alerts.group-wait",
        "50ms");
  }

  /** Puts a file of the configuration in place of the one that is shipped, before the start. */
  static void configure(Path folder, String name, String text) throws IOException {
    Files.writeString(Files.createDirectories(folder.resolve("config")).resolve(name), text);
  }

  /** A simulated MDSO of service mappers, and whatever else the words of its options say. */
  static Simulator world(Map<String, String> words) {
    Map<String, String> options = new HashMap<>(Map.of("products", "ServiceMapper"));
    options.putAll(words);
    return Simulator.start(SimulatorOptions.parse(options));
  }

  static Running start(Path folder, Simulator simulator, Map<String, String> settings)
      throws Exception {
    return start(folder, Path.of("routes"), simulator, settings);
  }

  /** The same by clocks that a test turns. */
  static Running start(
      Path folder, Simulator simulator, Map<String, String> settings, Clocks clocks)
      throws Exception {
    return start(folder, Path.of("routes"), simulator, settings, clocks);
  }

  static Running start(Path folder, Path routes, Simulator simulator, Map<String, String> settings)
      throws Exception {
    return start(folder, routes, simulator, settings, Clocks.ofThisMachine());
  }

  private static Running start(
      Path folder, Path routes, Simulator simulator, Map<String, String> settings, Clocks clocks)
      throws Exception {
    Path config = Files.createDirectories(folder.resolve("config"));
    for (String name :
        List.of(
            "application.properties",
            "products.yaml",
            "defect-rules.yaml",
            "rooms.yaml",
            "otel.properties")) {
      String text = Files.readString(Path.of("config", name));
      if (!Files.exists(config.resolve(name))) {
        Files.writeString(config.resolve(name), text.replaceAll("(?m)^ +schedule:.*\n", ""));
      }
    }
    return new Running(
        simulator,
        folder,
        new Folders(config, routes),
        settings(folder, simulator, settings),
        clocks);
  }

  /** Routes that a test may spoil. */
  static Path copyOfRoutes(Path folder) throws IOException {
    Path routes = Files.createDirectories(folder.resolve("routes"));
    try (Stream<Path> files = Files.list(Path.of("routes"))) {
      for (Path file : files.toList()) {
        Files.copy(file, routes.resolve(file.getFileName().toString()));
      }
    }
    return routes;
  }

  private static Map<String, String> settings(
      Path folder, Simulator simulator, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("mdso.url", simulator.mdsoUrl().toString());
    settings.put("mdso.username", simulator.credentials().username());
    settings.put("mdso.password", simulator.credentials().password());
    settings.put("mdso.tenant", simulator.credentials().tenant());
    settings.put("webex.token", simulator.credentials().webexBotToken());
    settings.put("webex.url", simulator.webexUrl().toString());
    settings.put("alerts.channel", "console");
    settings.put("alerts.look-every", "50ms");
    settings.put("alerts.messages-per-minute", "10000");
    settings.put("http.reply-timeout", "60s");
    settings.put("retry.delay", "20ms");
    settings.put("retry.longest-delay", "100ms");
    settings.put("retry.longest-wait", "30s");
    settings.put("poll.page-size", "20");
    settings.put("poll.circuits-limit", "3m");
    settings.put("circuits.at-once", "8");
    settings.put("evidence.root", folder.resolve("evidence").toString());
    settings.put("evidence.fsync", "no");
    settings.put("ledger.file", folder.resolve("ledger.db").toString());
    settings.put("telemetry.local-traces", "all");
    settings.put("routes.reload", "no");
    settings.put("rules.reload", "no");
    settings.put("observe.listen", "off");
    settings.putAll(more);
    return settings;
  }

  /** Polls service mappers and answers with the figures of the poll when it has ended. */
  PollSummary poll() {
    return poll("service_mapper");
  }

  PollSummary poll(String productType) {
    int before = heard.polls.size();
    beginPoll(productType);
    return awaitPoll(before + 1);
  }

  /** Begins a poll and does not wait. */
  void beginPoll(String productType) {
    assembly.pollNow(new PollRequest(productType, LONG_AGO));
  }

  /** The figures of the nth poll, counted from 1, once it has ended. */
  PollSummary awaitPoll(int number) {
    return awaitPoll(number, LIMIT);
  }

  /** The same, for a poll that takes its time. */
  PollSummary awaitPoll(int number, Duration limit) {
    await().atMost(limit).until(() -> heard.polls.size() >= number);
    return List.copyOf(heard.polls).get(number - 1);
  }

  /** Polls, and waits until all alerts are out and all spans have ended. */
  PollSummary pollAndSettle() throws InterruptedException {
    PollSummary summary = poll();
    assembly.awaitAlerts(LIMIT);
    spans.settled();
    return summary;
  }

  /**
   * Waits until the application has looked so often for alerts that are due, so that whatever it
   * does every so often it had the time to do.
   */
  void awaitRounds(int number) {
    Rounds rounds = new Rounds();
    assembly.context().getManagementStrategy().addEventNotifier(rounds);
    try {
      await().atMost(LIMIT).until(() -> rounds.ended.sum() >= number);
    } finally {
      assembly.context().getManagementStrategy().removeEventNotifier(rounds);
    }
  }

  /** Counts the ends of what looks for alerts. */
  private static final class Rounds extends EventNotifierSupport {

    private final LongAdder ended = new LongAdder();

    @Override
    public void notify(CamelEvent event) {
      if (event instanceof CamelEvent.ExchangeCompletedEvent end
          && "deliver-alerts".equals(end.getExchange().getFromRouteId())) {
        ended.increment();
      }
    }
  }

  /** The operators' page, if it is on. */
  PageClient page() {
    return PageClient.at(
        ListenAddress.console(assembly.configuration().settings()).orElseThrow().port());
  }

  Assembly assembly() {
    return assembly;
  }

  Simulator simulator() {
    return simulator;
  }

  SpanKeeper spans() {
    return spans;
  }

  LogLines log() {
    return log;
  }

  List<Examination> decided() {
    return List.copyOf(heard.decided);
  }

  List<Surroundings> surroundings() {
    return List.copyOf(heard.surroundings);
  }

  /** How many failures the messages have told. */
  long told() {
    return heard.told.sum();
  }

  List<String> alerts() {
    return List.copyOf(heard.alerts);
  }

  List<LoggedRequest> requests(String method, String pathEnd) {
    return simulator.requests().stream()
        .filter(request -> request.method().equals(method) && request.path().endsWith(pathEnd))
        .toList();
  }

  /** How many dead letters the ledger has, of all kinds. */
  long deadLetters() {
    return assembly.ledger().deadLettersByKind().values().stream().mapToLong(Long::longValue).sum();
  }

  /** How often MDSO was asked for a token. */
  long logIns() {
    return requests("POST", "/tokens").size();
  }

  /** The content of every file below the folder, evidence and ledger among them. */
  List<byte[]> files() throws IOException {
    List<byte[]> contents = new ArrayList<>();
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        contents.add(Files.readAllBytes(file));
      }
    }
    return contents;
  }

  @Override
  public void close() {
    assembly.close();
    log.close();
  }
}
