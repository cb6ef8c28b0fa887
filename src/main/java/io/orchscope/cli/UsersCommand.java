package io.orchscope.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code orchscope users}: who may see the operators' page. */
@Command(
    name = "users",
    mixinStandardHelpOptions = true,
    description = "Who may see the operators' page, and who may change things there.",
    subcommands = UsersAddCommand.class)
final class UsersCommand implements Runnable {

  @Spec private CommandSpec spec;

  UsersCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
