package io.orchscope.defect;

import io.orchscope.match.BudgetedText;
import io.orchscope.match.StalledPatternException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One row of the table: a pattern, and what an error is that it is found in.
 *
 * @param title what the person who is woken reads
 * @param category the words of domain.md §3.4, {@code Connectivity Error}
 * @param owner the team that can do something about it
 * @param runbook the address of what to do
 * @param pattern found anywhere in the normalised text
 * @param examples normalised texts that this rule must win
 * @param nearMisses normalised texts that look alike and must not match
 * @param place where the rule stands in its file, {@code line 12, column 5}
 */
public record DefectRule(
    DefectCode code,
    String title,
    String category,
    Severity severity,
    String owner,
    Optional<String> runbook,
    Pattern pattern,
    List<String> examples,
    List<String> nearMisses,
    String place) {

  /** As Python reads the same pattern, on every Java. Source: speed.md B.6. */
  static final int FLAGS =
      Pattern.UNIX_LINES | Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNICODE_CASE;

  public DefectRule {
    examples = List.copyOf(examples);
    nearMisses = List.copyOf(nearMisses);
  }

  /**
   * The part of a text that the pattern covers, if it is found there.
   *
   * <p>Errors: {@link StalledPatternException} when the pattern goes on for too long or too deep.
   */
  Optional<String> findIn(String normalised) {
    Matcher matcher = pattern.matcher(new BudgetedText(normalised));
    try {
      return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    } catch (StackOverflowError tooDeep) {
      throw new StalledPatternException("it nests too deep");
    }
  }
}
