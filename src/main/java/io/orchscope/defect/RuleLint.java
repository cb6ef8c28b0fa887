package io.orchscope.defect;

import io.orchscope.match.PatternLint;
import io.orchscope.settings.Mistake;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Warns of rules that work, but may cost so much that they are skipped or slow all others down.
 *
 * <p>Shape: a warning refuses nothing; the table is taken as it is.
 */
public final class RuleLint {

  private RuleLint() {}

  /**
   * What there is to say against one rule.
   *
   * @param file in which it stands, as the operator named it
   */
  public static List<Mistake> of(String file, DefectRule rule) {
    return PatternLint.of(rule.pattern()).stream()
        .map(
            finding ->
                new Mistake(
                    file, rule.place(), rule.code() + ": " + finding.reason(), finding.remedy()))
        .toList();
  }

  /** The same for the rules of a table whose patterns another one had not. */
  public static List<Mistake> ofChanged(String file, DefectRules before, DefectRules next) {
    Set<String> known =
        before.rules().stream().map(rule -> rule.pattern().pattern()).collect(Collectors.toSet());
    return next.rules().stream()
        .filter(rule -> !known.contains(rule.pattern().pattern()))
        .flatMap(rule -> of(file, rule).stream())
        .toList();
  }

  /** The same for all rules of a table. */
  public static List<Mistake> of(String file, DefectRules rules) {
    return rules.rules().stream().flatMap(rule -> of(file, rule).stream()).toList();
  }
}
