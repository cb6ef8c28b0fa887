package io.orchscope.evidence;

import java.time.Instant;
import java.util.List;

/**
 * A rule for errors of one kind that no rule knows yet.
 *
 * @param id by which it is accepted or rejected: 8 hex digits that depend on the kind alone
 * @param pattern matches every member
 * @param category MDSO's word for such errors; {@code Unclassified} where it wrote none
 * @param words what all members have in common, {@code #} for the rest
 * @param examples a few of their normalised texts, the most unlike first
 * @param errors how many there are
 * @param overlaps what else in history, and which examples of rules, the pattern would match
 * @param warnings why the pattern may cost more than it should
 */
public record Proposal(
    String id,
    String pattern,
    String category,
    String words,
    List<String> examples,
    long errors,
    long circuits,
    Instant first,
    Instant last,
    List<Overlap> overlaps,
    List<String> warnings) {

  /**
   * Errors that have another code, or another kind, and that the pattern matches.
   *
   * @param code or {@code UNCLASSIFIED}
   * @param errors in history; 0 for examples of a rule
   * @param texts all that the pattern matches, each once, in normalised form
   */
  public record Overlap(String code, long errors, List<String> texts) {

    public Overlap {
      texts = List.copyOf(texts);
    }

    /** One of the texts. */
    public String example() {
      return texts.get(0);
    }
  }
}
