package io.orchscope.defect;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One row of the table: a pattern, and what an error is that it is found in.
 *
 * @param title what the person who is woken reads
 * @param category the words of domain.md §3.4, {@code Connectivity Error}
 * @param owner the team that can do something about it
 * @param runbook the address of what to do
 * @param pattern found anywhere in the normalised text
 * @param written the pattern as its author wrote it, for Python or for Java
 * @param unproved why nobody can show an error that this rule wins; none for nearly all
 * @param examples normalised texts that this rule must win, unless it is unproved
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
    String written,
    Optional<String> unproved,
    List<String> examples,
    List<String> nearMisses,
    String place) {

  public DefectRule {
    examples = List.copyOf(examples);
    nearMisses = List.copyOf(nearMisses);
  }
}
