package io.orchscope.cli;

import io.orchscope.Configuration;
import io.orchscope.evidence.EvidenceSearch;
import io.orchscope.evidence.Proposal;
import io.orchscope.evidence.Proposals;
import io.orchscope.ledger.Ledger;
import io.orchscope.ledger.LedgerPlace;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
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

  /** One of them, with another pattern where one is wanted. */
  Optional<Proposal> proposal(Configuration configuration, String id, Optional<Pattern> pattern) {
    EvidenceSearch evidence =
        new EvidenceSearch(Path.of(configuration.settings().text("evidence.root")));
    Instant after = Clock.systemUTC().instant().minus(Polling.window(since));
    return pattern.isPresent()
        ? Proposals.withPattern(evidence, configuration.rules(), after, id, pattern.get())
        : Proposals.of(evidence, configuration.rules(), after).stream()
            .filter(proposal -> proposal.id().equals(id))
            .findFirst();
  }

  static Ledger ledger(Configuration configuration) {
    return new Ledger(LedgerPlace.of(configuration.settings()), Clock.systemUTC());
  }
}
