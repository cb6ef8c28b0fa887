package io.orchscope.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchscope.Assembly;
import io.orchscope.mdso.PollSummary;
import io.orchscope.report.Audience;
import io.orchscope.settings.InvalidFileException;
import io.orchscope.step.Orchestrations.Fate;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code orchscope replay}: exports MDSO's own steps of the past as traces. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Exports what MDSO did, step by step and with its true times, as traces of the service",
      "mdso-orchestrator: those orchestrations that have ended and were not exported before.",
      "Needs OTEL_EXPORTER_OTLP_ENDPOINT. Exit code 2 when the endpoint, or MDSO, did not answer."
    })
final class ReplayCommand implements Callable<Integer> {

  /** Where orchestrations are taken from. */
  enum Source {
    EVIDENCE,
    MDSO
  }

  private static final Map<String, String> SETTINGS =
      Map.of("poll.by-schedule", "no", "telemetry.orchestrations", "linked");

  @Mixin private FolderOptions folders = new FolderOptions();

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      description = "How far back: 8h, 30d. Default: ${DEFAULT-VALUE}.")
  private String since = "30d";

  @Option(
      names = "--product",
      paramLabel = "TYPE",
      description = "Such as service_mapper; may be given several times. Default: all.")
  private List<String> types = List.of();

  @Option(
      names = "--from",
      paramLabel = "SOURCE",
      description = {
        "evidence: the TraceLogs that were kept, by the start of the attempt; no neighbour is"
            + " asked.",
        "mdso: one poll of each product over that time, exactly as 'collect' does it, alerts"
            + " included;",
        "a revision that was decided before is not read again, so it is not replayed either.",
        "Default: evidence."
      })
  private Source from = Source.EVIDENCE;

  @Option(
      names = "--json",
      description = "The figures as JSON on standard output; no progress bar.")
  private boolean json;

  @Spec private CommandSpec spec;

  ReplayCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws Exception {
    Duration window = Polling.window(since);
    PrintWriter out = spec.commandLine().getOut();
    if (from == Source.MDSO) {
      Startable.requireSoundRoutes(folders, SETTINGS);
    }
    Onlooker onlooker = new Onlooker(out, false);
    Audience audience = from == Source.MDSO ? onlooker : Audience.NOBODY;
    try (Assembly assembly = Assembly.assemble(folders.folders(), SETTINGS, audience)) {
      requireEndpoint(assembly);
      types.forEach(assembly.configuration().products()::ofType);
      boolean isIncomplete = false;
      Map<Fate, Long> figures;
      try (ProgressBar bar = new ProgressBar(spec.commandLine().getErr(), !json)) {
        if (from == Source.MDSO) {
          Startable.requireCredentials(assembly);
          List<String> wanted =
              types.isEmpty() ? assembly.configuration().products().types() : types;
          isIncomplete =
              new Polling(assembly, onlooker, bar)
                  .run(wanted, window).stream().anyMatch(PollSummary::incomplete);
          figures = assembly.orchestrations().figures();
        } else {
          figures =
              new EvidenceReplay(assembly)
                  .run(types, Clock.systemUTC().instant().minus(window), bar);
        }
      }
      long notTaken = assembly.orchestrations().settle(Duration.ofMinutes(2));
      print(out, figures, notTaken);
      boolean isLeft = figures.getOrDefault(Fate.LEFT, 0L) > 0;
      return isIncomplete || isLeft || notTaken > 0 ? Exit.NEIGHBOUR : Exit.OK;
    }
  }

  /** Before anything is claimed: what is noted as exported must have gone somewhere. */
  private static void requireEndpoint(Assembly assembly) {
    if (!assembly.orchestrations().canExport()) {
      throw new InvalidFileException(
          "environment",
          "OTEL_EXPORTER_OTLP_ENDPOINT",
          "it is not set, so there is nowhere to export to",
          "Set it, as in http://localhost:4318, or otel.exporter.otlp.endpoint in"
              + " config/otel.properties.");
    }
  }

  private void print(PrintWriter out, Map<Fate, Long> figures, long notTaken) {
    long seen = figures.values().stream().mapToLong(Long::longValue).sum();
    long exported = Math.max(0, figures.getOrDefault(Fate.EXPORTED, 0L) - notTaken);
    ObjectNode all = new ObjectMapper().createObjectNode();
    all.put("seen", seen);
    all.put("exported", exported);
    all.put("exported_before", figures.getOrDefault(Fate.EXPORTED_BEFORE, 0L));
    all.put("not_terminal", figures.getOrDefault(Fate.NOT_TERMINAL, 0L));
    all.put("unreadable", figures.getOrDefault(Fate.UNREADABLE, 0L));
    all.put("not_taken", notTaken + figures.getOrDefault(Fate.LEFT, 0L));
    all.put("too_complex", figures.getOrDefault(Fate.TOO_COMPLEX, 0L));
    if (json) {
      out.println(all);
    } else {
      out.printf(
          "Orchestrations: seen %s = exported %s + exported before %s + not terminal %s"
              + " + unreadable %s + too complex %s + not taken %s%n",
          all.get("seen"),
          all.get("exported"),
          all.get("exported_before"),
          all.get("not_terminal"),
          all.get("unreadable"),
          all.get("too_complex"),
          all.get("not_taken"));
      if (all.get("not_taken").asLong() > 0) {
        out.println("What was not taken is not noted as exported; run it again.");
      }
    }
    out.flush();
  }
}
