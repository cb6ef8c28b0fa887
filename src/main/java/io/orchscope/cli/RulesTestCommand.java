package io.orchscope.cli;

import io.orchscope.defect.DefectRule;
import io.orchscope.defect.DefectRules;
import io.orchscope.defect.RulesFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code orchscope rules test}: whether a table does what its examples say. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = {
      "Runs every example and near-miss of a table through the whole of it.",
      "Starts nothing, asks nobody, writes nothing; the first half of what 'check' does."
    })
final class RulesTestCommand implements Callable<Integer> {

  @Mixin private FolderOptions folders = new FolderOptions();

  @Option(
      names = "--rules",
      paramLabel = "FILE",
      description = "The table to try. Default: the one of the configuration.")
  private Optional<Path> file = Optional.empty();

  @Spec private CommandSpec spec;

  RulesTestCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() {
    DefectRules table =
        file.map(RulesFile::read).orElseGet(() -> folders.configuration(Map.of()).rules());
    int examples = table.rules().stream().map(DefectRule::examples).mapToInt(it -> it.size()).sum();
    int nearMisses =
        table.rules().stream().map(DefectRule::nearMisses).mapToInt(it -> it.size()).sum();
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "Table %s: %,d rules win their %,d examples and miss their %,d near-misses.%n",
        table.version(), table.rules().size(), examples, nearMisses);
    out.flush();
    return Exit.OK;
  }
}
