package io.orchscope.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code orchscope evidence}: what is kept of circuits, above all the logs of MDSO's hosts. */
@Command(
    name = "evidence",
    mixinStandardHelpOptions = true,
    description = "The logs that were collected for circuits, and the evidence they belong to.",
    subcommands = {
      EvidenceListCommand.class,
      EvidenceVerifyCommand.class,
      EvidencePruneCommand.class,
      EvidenceExportCommand.class
    })
final class EvidenceCommand implements Runnable {

  @Spec private CommandSpec spec;

  EvidenceCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
