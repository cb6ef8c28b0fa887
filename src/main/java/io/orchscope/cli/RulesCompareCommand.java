package io.orchscope.cli;

import io.orchscope.Configuration;
import io.orchscope.evidence.EvidenceSearch;
import io.orchscope.legacy.LegacyMonitor;
import io.orchscope.legacy.SideBySide;
import io.orchscope.legacy.TableFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code orchscope rules compare}: the old monitor and ours, side by side. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Classifies the errors of the evidence as the old monitor does, and as we do.",
      "Mistakes included (codes as texts, a row without a pattern wins everything, only what MDSO has",
      "categorised). Says where the two differ, and writes the old monitor's table of counts."
    })
final class RulesCompareCommand implements Callable<Integer> {

  @Mixin private ProposalOptions options = new ProposalOptions();

  @Option(names = "--legacy", description = "With the old monitor's ways; there are no others.")
  private boolean legacy;

  @Option(
      names = "--table",
      paramLabel = "FILE",
      description = "The old monitor's table: .xlsx, .csv or .db. Default: our rules.")
  private Optional<Path> table = Optional.empty();

  @Option(
      names = "--counts",
      paramLabel = "FILE",
      description = "Where the table of counts is written, as CSV.")
  private Optional<Path> counts = Optional.empty();

  @Spec private CommandSpec spec;

  RulesCompareCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws Exception {
    if (!legacy) {
      throw new ParameterException(spec.commandLine(), "With what? Write --legacy.");
    }
    Configuration configuration = options.configuration();
    Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);
    Instant since = now.minus(Polling.window(options.since));
    LegacyMonitor monitor =
        table
            .map(file -> LegacyMonitor.of(TableFile.read(file)))
            .orElseGet(() -> LegacyMonitor.of(configuration.rules().rules()));
    SideBySide.Result result =
        SideBySide.of(
            new EvidenceSearch(Path.of(configuration.settings().text("evidence.root"))),
            configuration.rules(),
            monitor,
            since);
    tell(result, monitor);
    if (counts.isPresent()) {
      write(counts.get(), since + " - " + now, result.counts());
    }
    return Exit.OK;
  }

  private void tell(SideBySide.Result result, LegacyMonitor monitor) {
    PrintWriter out = spec.commandLine().getOut();
    long differ =
        result.differences().values().stream().mapToLong(SideBySide.Difference::errors).sum();
    out.printf(
        "Of %,d errors both say the same, of %,d they differ; %,d the old monitor does not see.%n",
        result.same(), differ, result.unseen());
    result
        .differences()
        .forEach(
            (pair, difference) -> {
              out.printf(
                  "  ours %-12s old %-20s %,8d%n", pair.ours(), pair.old(), difference.errors());
              out.println(Onlooker.printable("    " + difference.example()));
            });
    for (String refused : monitor.refused()) {
      out.println(Onlooker.printable("  The old monitor would stop at " + refused));
    }
    counts.ifPresent(
        file ->
            out.printf(
                "%,d patterns are found in errors; the table of counts is in %s.%n",
                result.counts().size(), file));
    out.flush();
  }

  private static void write(Path file, String date, List<LegacyMonitor.Count> counts)
      throws IOException {
    try (CSVPrinter printer =
        new CSVPrinter(Files.newBufferedWriter(file, StandardCharsets.UTF_8), CSVFormat.DEFAULT)) {
      printer.printRecord("Date", "Defect_number", "Categorized_error", "Count");
      for (LegacyMonitor.Count count : counts) {
        printer.printRecord(date, count.code(), harmless(count.pattern()), count.errors());
      }
    }
  }

  /** With a mark that keeps spreadsheets from taking the text for a formula. */
  private static String harmless(String cell) {
    return cell.matches("(?s)[=+@\\t\\r-].*") ? "'" + cell : cell;
  }
}
