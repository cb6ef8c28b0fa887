package io.orchscope;

import io.orchscope.console.ProposalChange;
import io.orchscope.defect.DefectClassifier;
import io.orchscope.defect.DefectCode;
import io.orchscope.defect.DefectRules;
import io.orchscope.defect.RulesDraft;
import io.orchscope.defect.Severity;
import io.orchscope.evidence.EvidenceSearch;
import io.orchscope.evidence.Proposal;
import io.orchscope.evidence.Proposals;
import io.orchscope.ledger.RejectedProposals;
import io.orchscope.settings.InvalidFileException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Proposed rules for whoever looks at the page, and what they make of them. */
final class ProposalDesk implements ProposalChange.Clerk {

  private static final Duration HISTORY = Duration.ofDays(30);

  /** Reading the archive takes seconds; so often is often enough for people. */
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final EvidenceSearch evidence;
  private final DefectClassifier classifier;
  private final RejectedProposals rejected;
  private final Acceptance acceptance;
  private final Clock clock;
  private List<Proposal> made = List.of();
  private Instant madeAt = Instant.MIN;
  private String madeFor = "";

  ProposalDesk(
      EvidenceSearch evidence,
      DefectClassifier classifier,
      RejectedProposals rejected,
      Acceptance acceptance,
      Clock clock) {
    this.evidence = evidence;
    this.classifier = classifier;
    this.rejected = rejected;
    this.acceptance = acceptance;
    this.clock = clock;
  }

  /** Those that nobody has rejected, for the table that holds, at most a minute old. */
  synchronized List<Proposal> proposals() {
    Instant now = clock.instant();
    DefectRules table = classifier.rules();
    boolean isFresh =
        madeFor.equals(table.version()) && now.isBefore(madeAt.plus(FRESH)) && madeAt.isBefore(now);
    if (!isFresh) {
      made = Proposals.of(evidence, table, now.minus(HISTORY));
      madeAt = now;
      madeFor = table.version();
    }
    Set<String> unwanted = rejected.all().keySet();
    return made.stream().filter(proposal -> !unwanted.contains(proposal.id())).toList();
  }

  @Override
  public synchronized ProposalChange.Outcome accept(
      Proposal proposal, String title, String owner, Severity severity, String pattern) {
    DefectCode code = RulesDraft.next(classifier.rules());
    try {
      Acceptance.Accepted accepted =
          acceptance.accept(
              new RulesDraft.Wish(
                  code,
                  title,
                  proposal.category(),
                  severity,
                  owner,
                  pattern,
                  Optional.empty(),
                  proposal.examples()),
              clock.instant().minus(HISTORY));
      // At once, and not only when somebody looks whether the file has changed.
      classifier.replace(accepted.rules());
      made = made.stream().filter(other -> !other.id().equals(proposal.id())).toList();
      return new ProposalChange.Outcome(
          true,
          "%s is a rule now, and the code of %,d %s."
              .formatted(
                  code,
                  accepted.result().moved(),
                  accepted.result().moved() == 1 ? "error" : "errors"));
    } catch (InvalidFileException wrong) {
      return new ProposalChange.Outcome(false, String.valueOf(wrong.getMessage()));
    } catch (IOException unwritable) {
      return new ProposalChange.Outcome(
          false, "The file of rules cannot be written: " + unwritable.getMessage());
    }
  }

  @Override
  public void reject(Proposal proposal, String who, String reason) {
    rejected.reject(proposal.id(), who, reason);
  }
}
