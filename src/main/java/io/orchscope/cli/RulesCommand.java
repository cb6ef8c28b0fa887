package io.orchscope.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code orchscope rules}: the table that names errors, and what can be done with it. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    description = "The table that gives errors their codes: proves it, compares it, moves it.",
    subcommands = {
      RulesTestCommand.class,
      RulesProposeCommand.class,
      RulesAcceptCommand.class,
      RulesRejectCommand.class,
      RulesImportCommand.class,
      RulesExportCommand.class,
      RulesDiffCommand.class,
      RulesStatsCommand.class,
      RulesCompareCommand.class
    })
final class RulesCommand implements Runnable {

  @Spec private CommandSpec spec;

  RulesCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
