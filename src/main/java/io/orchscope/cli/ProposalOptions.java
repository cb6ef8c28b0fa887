package io.orchscope.cli;

import io.orchscope.Configuration;
import io.orchscope.evidence.EvidenceSearch;
import io.orchscope.evidence.Proposal;
import io.orchscope.evidence.Proposals;
import io.orchscope.ledger.Ledger;
import io.orchscope.ledger.LedgerPlace;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How far back commands look for errors that no rule knows. */
final class ProposalOptions {

  @Mixin FolderOptions folders = new FolderOptions();

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      description =
          "How far back, by the start of the attempt: 8h, 30d. Default: ${DEFAULT-VALUE}.")
  String since = "30d";

  Configuration configuration() {
    return folders.configuration(Map.of());
  }

  List<Proposal> proposals(Configuration configuration) {
    return Proposals.of(
        new EvidenceSearch(Path.of(configuration.settings().text("evidence.root"))),
        configuration.rules(),
        Clock.systemUTC().instant().minus(Polling.window(since)));
  }

  static Ledger ledger(Configuration configuration) {
    return new Ledger(LedgerPlace.of(configuration.settings()), Clock.systemUTC());
  }
}
