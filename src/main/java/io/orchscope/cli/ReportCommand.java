package io.orchscope.cli;

import io.orchscope.Configuration;
import io.orchscope.ReportDesk;
import io.orchscope.alert.Links;
import io.orchscope.alert.ReportMessages;
import io.orchscope.ledger.Ledger;
import io.orchscope.ledger.LedgerPlace;
import io.orchscope.report.ReportPlan;
import io.orchscope.report.ReportPlan.FileKind;
import io.orchscope.report.ReportShelf;
import io.orchscope.settings.InvalidFileException;
import io.orchscope.step.Reporting;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code orchscope report}: what failed in a window. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a report of what failed in a window: counts by code, what is new, the window before;",
      "a workbook and two charts. Asks no neighbour."
    })
final class ReportCommand implements Callable<Integer> {

  @Mixin private FolderOptions folders = new FolderOptions();

  @Option(
      names = "--window",
      paramLabel = "DURATION",
      description = "How long a time: 15m, 8h, 1d, 7d. Default: 1d.")
  private String window = "1d";

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Where it ends, UTC, as in 2026-11-24T06:00:00Z. Default: now.")
  private String until = "";

  @Option(
      names = "--product",
      paramLabel = "TYPE",
      description = "Such as service_mapper; may be given several times. Default: all.")
  private List<String> products = List.of();

  @Option(
      names = "--code",
      paramLabel = "CODE",
      description = "The defect code whose history is drawn. Default: all together.")
  private String code = "";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "A report of reports.yaml, in place of all these.")
  private String name = "";

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where the files go. Default: reports.root.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--send",
      description = "Owes it to its room, too; a process that runs on this ledger sends it.")
  private boolean send;

  @Spec private CommandSpec spec;

  ReportCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() {
    Configuration configuration = folders.configuration(Map.of());
    ReportPlan plan = plan(configuration);
    Clock clock = Clock.systemUTC();
    Instant end = end(clock.instant());
    PrintWriter printer = spec.commandLine().getOut();
    ReportShelf shelf =
        out.map(ReportShelf::new).orElseGet(() -> ReportDesk.shelf(configuration.settings()));
    try (Ledger ledger = new Ledger(LedgerPlace.of(configuration.settings()), clock)) {
      Reporting reporting =
          new ReportDesk(configuration, ledger, clock).reporting(configuration::rules, shelf);
      Reporting.Made made = reporting.keep(reporting.make(new Reporting.Order(plan, end, end)));
      printer.println(new ReportMessages(made.report(), made.files(), Links.NONE).markdown());
      printer.println();
      Path folder = out.orElse(Path.of(configuration.settings().text("reports.root")));
      made.files()
          .keySet()
          .forEach(
              kind ->
                  printer.println(
                      folder.resolve(made.report().fileName() + ReportMessages.ending(kind))));
      if (send) {
        reporting.sendAnyway(made);
        printer.println("Its room gets it from whichever process runs on this ledger.");
      }
    }
    printer.flush();
    return Exit.OK;
  }

  private ReportPlan plan(Configuration configuration) {
    if (!name.isEmpty()) {
      return configuration.reports().stream()
          .filter(known -> known.name().equals(name))
          .findFirst()
          .orElseThrow(
              () ->
                  wrong(
                      "--name",
                      "reports.yaml has no report '" + name + "'",
                      "It has "
                          + String.join(
                              ", ", configuration.reports().stream().map(ReportPlan::name).toList())
                          + "."));
    }
    products.forEach(configuration.products()::ofType);
    Duration length = Polling.window("--window", window);
    if (length.toMinutes() < 1) {
      throw wrong("--window", "it is shorter than a minute", "Try --window 15m.");
    }
    String subject = products.isEmpty() ? "all" : String.join("-", products).replace('_', '-');
    return new ReportPlan(
        subject + "-" + window,
        products,
        List.of(),
        false,
        length,
        false,
        "",
        Optional.empty(),
        Optional.of(code).filter(it -> !it.isEmpty()),
        false,
        Arrays.asList(FileKind.values()));
  }

  private Instant end(Instant now) {
    try {
      return until.isEmpty() ? Reporting.soon(now) : Instant.parse(until);
    } catch (DateTimeParseException wrong) {
      throw wrong("--until", "'" + until + "' is no time", "Write it as 2026-11-24T06:00:00Z.");
    }
  }

  private static InvalidFileException wrong(String place, String reason, String remedy) {
    return new InvalidFileException("command line", place, reason, remedy);
  }
}
