package io.orchscope.cli;

import io.orchscope.defect.DefectRules;
import io.orchscope.defect.RulesFile;
import io.orchscope.legacy.TableExport;
import io.orchscope.settings.InvalidFileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code orchscope rules export}: the table for those who stay with the old monitor. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the rules as the old monitor's table, for those who stay with it.",
      "As .xlsx (sheet 'categorized') or .csv, with the columns Error Code, Raw Error, Categorized Error and",
      "Regex Pattern. A text that a spreadsheet could take for a formula gets a ' in CSV, which 'rules",
      "import' takes off again."
    })
final class RulesExportCommand implements Callable<Integer> {

  @Mixin private FolderOptions folders = new FolderOptions();

  @Parameters(paramLabel = "FILE", description = "Where to; it must not be there yet.")
  private Path file = Path.of("");

  @Option(
      names = "--rules",
      paramLabel = "FILE",
      description = "The table to write. Default: the one of the configuration.")
  private Optional<Path> rules = Optional.empty();

  @Spec private CommandSpec spec;

  RulesExportCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws Exception {
    DefectRules table =
        rules.map(RulesFile::read).orElseGet(() -> folders.configuration(Map.of()).rules());
    if (!TableExport.knows(file)) {
      throw new InvalidFileException(
          file.toString(), "its name", "nobody knows what it is to be", "End it in .xlsx or .csv.");
    }
    if (Files.exists(file)) {
      throw new InvalidFileException(
          file.toString(), "whole file", "it is there already", "Name another, or remove it.");
    }
    TableExport.write(file, table.rules());
    spec.commandLine()
        .getOut()
        .printf("%,d rules of table %s are in %s.%n", table.rules().size(), table.version(), file);
    spec.commandLine().getOut().flush();
    return Exit.OK;
  }
}
