package io.orchscope.defect;

import io.orchscope.match.BudgetedText;
import io.orchscope.match.FirstMatch;
import io.orchscope.match.OrderedPatterns;
import io.orchscope.match.StalledPatternException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a table does what its examples and near-misses say.
 *
 * <p>Each example is run through the whole list, so that a rule that an earlier one has made
 * useless is found before it is missed.
 */
final class RulesProof {

  private static final int SHOWN = 100;

  private final List<PlacedRule> rules;
  private final Set<DefectCode> stalled = new HashSet<>();
  private final Set<DefectCode> boundless = new HashSet<>();
  private OrderedPatterns patterns;
  private List<PlacedRule> tried;

  RulesProof(List<PlacedRule> rules, Comparator<DefectCode> order) {
    this.rules = rules.stream().sorted(Comparator.comparing(PlacedRule::code, order)).toList();
    this.tried = this.rules;
    this.patterns = patterns(tried);
  }

  private static OrderedPatterns patterns(List<PlacedRule> rules) {
    return OrderedPatterns.of(rules.stream().map(placed -> placed.rule().pattern()).toList());
  }

  /** Writes everything that does not hold at the rule that has to change. */
  void takeMistakesDown() {
    for (int row = 0; row < tried.size(); row++) {
      proveNotBoundless(row);
    }
    if (!boundless.isEmpty()) {
      // They would win the examples of all others, of which the same can be said without them.
      tried = rules.stream().filter(rule -> !boundless.contains(rule.code())).toList();
      patterns = patterns(tried);
    }
    for (int row = 0; row < tried.size(); row++) {
      if (tried.get(row).rule().unproved().isEmpty()) {
        for (String example : tried.get(row).rule().examples()) {
          proveWon(row, example);
        }
      }
      for (String nearMiss : tried.get(row).rule().nearMisses()) {
        proveMissed(row, nearMiss);
      }
    }
  }

  /** The table, which is what was proved. Shape: only when there were no mistakes. */
  DefectRules rules(String version) {
    return new DefectRules(version, tried.stream().map(PlacedRule::rule).toList(), patterns);
  }

  private void proveNotBoundless(int row) {
    PlacedRule rule = tried.get(row);
    if (isFound(row, "")) {
      boundless.add(rule.code());
      rule.map()
          .mistake(
              "pattern",
              "the pattern of " + rule.code() + " matches the empty text, so it wins every error",
              "Add words that must stand in the error.");
    }
  }

  private void proveWon(int row, String example) {
    PlacedRule rule = tried.get(row);
    if (!isFound(row, example)) {
      if (!stalled.contains(rule.code())) {
        rule.map()
            .mistake(
                "examples",
                "the pattern of " + rule.code() + " does not match its example " + shown(example),
                "Correct the pattern or the example; both are case-sensitive.");
      }
      return;
    }
    winnerBefore(row, example)
        .ifPresent(
            earlier ->
                rule.map()
                    .mistake(
                        "examples",
                        "the example %s of %s is won by %s (%s)"
                            .formatted(
                                shown(example),
                                rule.code(),
                                earlier.code(),
                                earlier.rule().place()),
                        "Narrow the pattern of "
                            + earlier.code()
                            + ", or give this rule a lower code."));
  }

  private void proveMissed(int row, String nearMiss) {
    PlacedRule rule = tried.get(row);
    if (isFound(row, nearMiss)) {
      rule.map()
          .mistake(
              "near-misses",
              "the pattern of " + rule.code() + " matches its near-miss " + shown(nearMiss),
              "Narrow the pattern, or make the text an example.");
    }
  }

  private Optional<PlacedRule> winnerBefore(int row, String example) {
    FirstMatch match = patterns.find(example);
    match.undecided().stream()
        .filter(earlier -> earlier < row)
        .forEach(earlier -> noteStalled(tried.get(earlier), example));
    return match.found().filter(found -> found.row() < row).map(found -> tried.get(found.row()));
  }

  /** Whether the pattern is found; a pattern that stalls is a mistake, told once. */
  private boolean isFound(int row, String text) {
    if (stalled.contains(tried.get(row).code())) {
      return false;
    }
    try {
      return patterns.isFound(row, text);
    } catch (StalledPatternException tooCostly) {
      noteStalled(tried.get(row), text);
      return false;
    }
  }

  private void noteStalled(PlacedRule rule, String text) {
    if (stalled.add(rule.code())) {
      rule.map()
          .mistake(
              "pattern",
              "the pattern of %s does not come to an end on %s: it takes more than %d steps"
                  .formatted(rule.code(), shown(text), BudgetedText.STEPS),
              "Bound its wildcards: '.{0,200}' or '[^ ]+' instead of '.*', and none in another.");
    }
  }

  /** Enough of a text to find it again in the file. */
  private static String shown(String text) {
    return "'" + (text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…") + "'";
  }
}
