package io.orchscope.cli;

import io.opentelemetry.api.common.AttributeKey;
import io.orchscope.Assembly;
import io.orchscope.mdso.PollRequest;
import io.orchscope.mdso.PollSummary;
import io.orchscope.simulator.Simulator;
import io.orchscope.simulator.SimulatorOptions;
import io.orchscope.telemetry.SpanTree;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code orchscope demo}: the main job against a simulated MDSO, for everybody to see. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the production routes against a simulated MDSO and Webex: every product is polled,"
          + " every",
      "circuit that changed is read, errors get their defect codes, evidence is kept under"
          + " var/demo,",
      "rooms are told; then the logs of failed circuits are fetched from simulated hosts and their"
          + " devices",
      "are tried. New failures arrive, and everything is polled once more.",
      "Ends with the figures and the trace of one failed circuit; with --stay the operators' page"
          + " stays",
      "open until Ctrl-C.",
      "KEY=VALUE sets options of the simulator, see 'orchscope simulate --help'."
    })
final class DemoCommand implements Callable<Integer> {

  private static final Path HOME = Path.of("var", "demo");
  private static final String PAGE = "127.0.0.1:8088";

  @Mixin private FolderOptions folders = new FolderOptions();

  @Option(names = "--resources", paramLabel = "N", description = "Over all products. Default: 160.")
  private int resources = 160;

  @Option(names = "--seed", paramLabel = "N", description = "Same seed, same world. Default: 1.")
  private long seed = 1;

  @Option(
      names = "--arrivals",
      paramLabel = "N",
      description = "New failures before the second round. Default: 5.")
  private int arrivals = 5;

  @Option(
      names = "--stay",
      description = "Serves the operators' page at http://" + PAGE + " and goes on until Ctrl-C.")
  private boolean stay;

  @Option(names = "--quiet", description = "Only the figures and the trace.")
  private boolean quiet;

  @Parameters(paramLabel = "KEY=VALUE", arity = "0..*", description = "Options of the simulator.")
  private Map<String, String> options = new LinkedHashMap<>();

  @Spec private CommandSpec spec;

  DemoCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    forget(HOME);
    Onlooker onlooker = new Onlooker(out, !quiet);
    try (Simulator simulator = Simulator.start(world())) {
      Map<String, String> settings = settings(simulator);
      Startable.requireSoundRoutes(folders, settings);
      out.printf(
          "An MDSO with %d resources is simulated at %s%n%n", resources, simulator.mdsoUrl());
      List<PollSummary> first;
      List<PollSummary> second;
      try (Assembly assembly = Assembly.assemble(folders.folders(), settings, onlooker)) {
        assembly.start();
        first = round(assembly, onlooker);
        simulator.arrive(arrivals);
        out.printf("%n%d new failures have arrived.%n%n", arrivals);
        List<PollSummary> both = round(assembly, onlooker);
        second = both.subList(first.size(), both.size());
        boolean followedUp = assembly.awaitFollowUps(Duration.ofMinutes(2));
        assembly.awaitAlerts(Duration.ofMinutes(1));
        figures(out, first, second, simulator);
        LogFigures.tell(HOME.resolve("host-logs"), followedUp, out);
        trace(out, assembly);
        stayOpen(out, assembly);
      }
      out.println(
          "Evidence  "
              + HOME.resolve("evidence")
              + "   (./orchscope explain --evidence var/demo/evidence CIRCUIT)");
      out.println("Traces    var/log/traces-demo.log");
      out.flush();
      return Stream.concat(first.stream(), second.stream())
              .allMatch(poll -> poll.isBalanced() && !poll.incomplete())
          ? Exit.OK
          : Exit.NEIGHBOUR;
    }
  }

  private Map<String, String> settings(Simulator simulator) throws IOException {
    Map<String, String> settings = new LinkedHashMap<>(SimulatedNeighbours.settings(simulator));
    settings.put("poll.by-schedule", "no");
    settings.put("alerts.group-wait", "1s");
    settings.put("evidence.root", HOME.resolve("evidence").toString());
    settings.put("ledger.file", HOME.resolve("ledger.db").toString());
    settings.put("logs.root", HOME.resolve("host-logs").toString());
    settings.put("follow-up.look-every", "200ms");
    settings.put("follow-up.circuits-at-once", "12");
    settings.put("error-tests.longest", "5s");
    settings.putAll(new SimulatedHosts(simulator, HOME).settings());
    if (stay) {
      String wanted = folders.configuration(Map.of()).settings().text("console.listen");
      String page = wanted.isEmpty() ? PAGE : wanted;
      settings.put("console.listen", page);
      settings.put("console.url", "http://" + page);
    }
    return settings;
  }

  private void stayOpen(PrintWriter out, Assembly assembly) throws InterruptedException {
    if (stay) {
      String page = assembly.configuration().settings().text("console.listen");
      out.println("The page  http://" + page + "   (Ctrl-C ends it)");
      out.flush();
      assembly.awaitEnd();
    }
  }

  private SimulatorOptions world() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("seed", String.valueOf(seed));
    words.put("resources", String.valueOf(resources));
    words.put("latency", "10ms");
    words.put("log-hosts", "3");
    words.put("devices", "yes");
    words.putAll(options);
    return SimulateCommand.parsed(words);
  }

  private static List<PollSummary> round(Assembly assembly, Onlooker onlooker)
      throws InterruptedException {
    List<String> types = assembly.configuration().products().types();
    int before = onlooker.pollsEnded();
    types.forEach(type -> assembly.pollNow(new PollRequest(type, Duration.ofDays(1))));
    List<PollSummary> ended = onlooker.await(before + types.size(), 600);
    assembly.awaitAlerts(Duration.ofMinutes(2));
    return ended;
  }

  private static void figures(
      PrintWriter out, List<PollSummary> first, List<PollSummary> second, Simulator simulator) {
    out.println();
    out.println("First round   " + Onlooker.total(first));
    out.println("Second round  " + Onlooker.total(second));
    out.println("Webex         " + simulator.messages().size() + " messages");
    out.println();
  }

  private static void trace(PrintWriter out, Assembly assembly) {
    AttributeKey<String> step = AttributeKey.stringKey("camel.step.id");
    assembly
        .localTraces()
        .newest(span -> "post-to-webex".equals(span.getAttributes().get(step)))
        .or(() -> assembly.localTraces().newest(span -> true))
        .ifPresent(
            spans -> {
              out.println("One circuit, from the queue to Webex:");
              out.println();
              out.println(SpanTree.draw(spans));
            });
  }

  private static void forget(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> found = Files.walk(folder)) {
        for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
