package io.orchscope.console;

import io.orchscope.defect.Severity;
import io.orchscope.evidence.Proposal;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Somebody accepts or rejects a proposed rule. */
public final class ProposalChange implements Change {

  private final Supplier<List<Proposal>> proposals;
  private final Clerk clerk;
  private final Audit audit;

  /** Who carries it out. */
  public interface Clerk {

    /** Makes a rule of a proposal; answers what came of it, or why not, as a sentence. */
    Outcome accept(Proposal proposal, Wish wish);

    /** Takes note that nobody wants it. */
    void reject(Proposal proposal, String who, String reason);
  }

  /**
   * The rule that somebody wants.
   *
   * @param pattern the proposed one, or another
   * @param withOverlaps although it matches more than the errors of its kind
   */
  public record Wish(
      String title, String owner, Severity severity, String pattern, boolean withOverlaps) {}

  /** What came of it. */
  public record Outcome(boolean isDone, String sentence) {}

  /**
   * Changes.
   *
   * @param proposals those that can be chosen from
   */
  public ProposalChange(Supplier<List<Proposal>> proposals, Clerk clerk, Audit audit) {
    this.proposals = proposals;
    this.clerk = clerk;
    this.audit = audit;
  }

  @Override
  public Changed apply(Request request, Visitor visitor) {
    String id = request.segment(1);
    Optional<Proposal> found =
        proposals.get().stream().filter(proposal -> proposal.id().equals(id)).findFirst();
    if (found.isEmpty()) {
      return Changed.refused(
          404, "There is no such proposal any more", "Its errors may have a rule now.");
    }
    return request.segment(2).equals("accept")
        ? accept(found.get(), request, visitor)
        : reject(found.get(), request, visitor);
  }

  private Changed accept(Proposal proposal, Request request, Visitor visitor) {
    String title = request.field("title");
    String owner = request.field("owner");
    Optional<Severity> severity =
        Stream.of(Severity.values())
            .filter(known -> known.word().equals(request.field("severity")))
            .findFirst();
    if (title.isEmpty() || owner.isEmpty() || severity.isEmpty()) {
      return Changed.refused(
          400,
          "What is it, and whose?",
          "Give the rule a title that says what is wrong, the team that can do something, and a"
              + " severity.");
    }
    String pattern =
        request.field("pattern").isEmpty() ? proposal.pattern() : request.field("pattern");
    boolean withOverlaps = request.field("overlaps").equals("yes");
    Outcome outcome =
        clerk.accept(proposal, new Wish(title, owner, severity.get(), pattern, withOverlaps));
    if (!outcome.isDone()) {
      return Changed.refused(409, "The rule would not do", outcome.sentence());
    }
    audit.changed(visitor, "accept", "proposal " + proposal.id(), title);
    return Changed.done(outcome.sentence(), "/unclassified");
  }

  private Changed reject(Proposal proposal, Request request, Visitor visitor) {
    clerk.reject(proposal, visitor.name(), request.field("reason"));
    audit.changed(visitor, "reject", "proposal " + proposal.id(), request.field("reason"));
    return Changed.done("It is not proposed any more.", "/unclassified");
  }
}
