package io.orchscope.cli;

import io.orchscope.Configuration;
import io.orchscope.ledger.Ledger;
import io.orchscope.ledger.RejectedProposals;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code orchscope rules reject}: no rule is wanted for a kind of errors. */
@Command(
    name = "reject",
    mixinStandardHelpOptions = true,
    description = "Says that a proposal is not wanted; 'propose' shows it no more without --all.")
final class RulesRejectCommand implements Callable<Integer> {

  @Mixin private ProposalOptions options = new ProposalOptions();

  @Parameters(paramLabel = "ID", description = "As 'orchscope rules propose' shows it.")
  private String id = "";

  @Option(names = "--by", required = true, description = "Who.")
  private String who = "";

  @Option(names = "--reason", defaultValue = "", description = "Why.")
  private String reason = "";

  @Option(names = "--undo", description = "It is wanted again.")
  private boolean undo;

  @Spec private CommandSpec spec;

  RulesRejectCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() {
    Configuration configuration = options.configuration();
    boolean known =
        undo || options.proposals(configuration).stream().anyMatch(it -> it.id().equals(id));
    try (Ledger ledger = ProposalOptions.ledger(configuration)) {
      RejectedProposals rejected = new RejectedProposals(ledger, Clock.systemUTC());
      if (known && !undo) {
        rejected.reject(id, who, reason);
      }
      known = undo ? rejected.reconsider(id) : known;
    }
    if (!known) {
      spec.commandLine().getErr().println(missing(id));
      return Exit.OUR_FILES;
    }
    spec.commandLine()
        .getOut()
        .println("Proposal " + id + (undo ? " is shown again." : " is not shown any more."));
    spec.commandLine().getOut().flush();
    return Exit.OK;
  }

  static String missing(String id) {
    return "There is no proposal '"
        + Onlooker.printable(id)
        + "'; 'orchscope rules propose' shows those there are. Look further back with --since.";
  }
}
