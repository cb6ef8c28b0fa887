package io.orchscope;

import io.orchscope.console.ProposalChange;
import io.orchscope.console.Words;
import io.orchscope.defect.DefectClassifier;
import io.orchscope.defect.DefectCode;
import io.orchscope.defect.DefectRules;
import io.orchscope.defect.RulesDraft;
import io.orchscope.evidence.EvidenceSearch;
import io.orchscope.evidence.Proposal;
import io.orchscope.evidence.Proposals;
import io.orchscope.ledger.RejectedProposals;
import io.orchscope.match.PythonPattern;
import io.orchscope.match.RefusedPatternException;
import io.orchscope.settings.InvalidFileException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Proposed rules for whoever looks at the page, and what they make of them. */
final class ProposalDesk implements ProposalChange.Clerk {

  private static final Duration HISTORY = Duration.ofDays(30);

  /** Reading the archive takes seconds; so often is often enough for people. */
  private static final Duration FRESH = Duration.ofMinutes(1);

  private static final int OVERLAPS_SHOWN = 3;
  private static final int OVERLAP_LENGTH = 120;

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
  public synchronized ProposalChange.Outcome accept(Proposal proposal, ProposalChange.Wish wish) {
    DefectRules base = classifier.rules();
    DefectCode code = RulesDraft.next(base);
    Optional<String> objection = wish.withOverlaps() ? Optional.empty() : objection(proposal, wish);
    if (objection.isPresent()) {
      return new ProposalChange.Outcome(false, objection.get());
    }
    try {
      Acceptance.Accepted accepted =
          acceptance.accept(
              new RulesDraft.Wish(
                  code,
                  wish.title(),
                  proposal.category(),
                  wish.severity(),
                  wish.owner(),
                  wish.pattern(),
                  Optional.empty(),
                  proposal.examples()),
              base,
              clock.instant().minus(HISTORY),
              this::activate);
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

  /**
   * Writes a table and makes it active in one change. The reclassification that follows may take
   * minutes, in which an operator edits the file again: that edit then stays active.
   */
  private DefectRules activate(RulesDraft.Prepared prepared) throws IOException {
    classifier.change(() -> Optional.of(prepared.write()));
    return prepared.rules();
  }

  /** What the wanted pattern would match beside the errors of its kind, or why it is none. */
  private Optional<String> objection(Proposal proposal, ProposalChange.Wish wish) {
    List<Proposal.Overlap> overlaps = proposal.overlaps();
    if (!wish.pattern().equals(proposal.pattern())) {
      try {
        Optional<Proposal> anew =
            Proposals.withPattern(
                evidence,
                classifier.rules(),
                clock.instant().minus(HISTORY),
                proposal.id(),
                PythonPattern.compile(wish.pattern(), PythonPattern.Dialect.BOTH));
        if (anew.isEmpty()) {
          return Optional.of(
              "Its kind of errors has changed since the page was shown; look at the page again.");
        }
        overlaps = anew.get().overlaps();
      } catch (RefusedPatternException refused) {
        return Optional.of(
            "The pattern is no regular expression: "
                + refused.getMessage()
                + " "
                + refused.remedy());
      }
    }
    return overlaps.isEmpty() ? Optional.empty() : Optional.of(sentence(overlaps));
  }

  private static String sentence(List<Proposal.Overlap> overlaps) {
    String some =
        overlaps.stream()
            .limit(OVERLAPS_SHOWN)
            .map(
                it ->
                    (it.errors() == 0 ? "an example of " : "%,d of ".formatted(it.errors()))
                        + it.code()
                        + " ('"
                        + Words.brief(it.example(), OVERLAP_LENGTH)
                        + "')")
            .collect(Collectors.joining(", "));
    int left = overlaps.size() - OVERLAPS_SHOWN;
    return "The pattern matches more than the errors of its kind: "
        + some
        + (left > 0 ? ", and of " + left + " other codes" : "")
        + ". Narrow it, or accept it with all that it matches.";
  }

  @Override
  public void reject(Proposal proposal, String who, String reason) {
    rejected.reject(proposal.id(), who, reason);
  }
}
