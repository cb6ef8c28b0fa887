package io.orchscope.defect;

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

  RulesProof(List<PlacedRule> rules) {
    this.rules = rules.stream().sorted(Comparator.comparing(PlacedRule::code)).toList();
  }

  /** Writes everything that does not hold at the rule that has to change. */
  void takeMistakesDown() {
    rules.forEach(this::proveNotBoundless);
    for (PlacedRule rule : rules) {
      if (!boundless.contains(rule.code())) {
        rule.rule().examples().forEach(example -> proveWon(rule, example));
        rule.rule().nearMisses().forEach(nearMiss -> proveMissed(rule, nearMiss));
      }
    }
  }

  private void proveNotBoundless(PlacedRule rule) {
    if (isFound(rule, "")) {
      boundless.add(rule.code());
      rule.map()
          .mistake(
              "pattern",
              "the pattern of " + rule.code() + " matches the empty text, so it wins every error",
              "Add words that must stand in the error.");
    }
  }

  private void proveWon(PlacedRule rule, String example) {
    if (!isFound(rule, example)) {
      if (!stalled.contains(rule.code())) {
        rule.map()
            .mistake(
                "examples",
                "the pattern of " + rule.code() + " does not match its example " + shown(example),
                "Correct the pattern or the example; both are case-sensitive.");
      }
      return;
    }
    winnerBefore(rule, example)
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

  private void proveMissed(PlacedRule rule, String nearMiss) {
    if (isFound(rule, nearMiss)) {
      rule.map()
          .mistake(
              "near-misses",
              "the pattern of " + rule.code() + " matches its near-miss " + shown(nearMiss),
              "Narrow the pattern, or make the text an example.");
    }
  }

  private Optional<PlacedRule> winnerBefore(PlacedRule rule, String example) {
    return rules.stream()
        .takeWhile(earlier -> !earlier.code().equals(rule.code()))
        .filter(earlier -> !boundless.contains(earlier.code()))
        .filter(earlier -> isFound(earlier, example))
        .findFirst();
  }

  /** Whether the pattern is found; a pattern that stalls is a mistake, told once. */
  private boolean isFound(PlacedRule rule, String text) {
    if (stalled.contains(rule.code())) {
      return false;
    }
    try {
      return rule.rule().findIn(text).isPresent();
    } catch (StalledPatternException tooCostly) {
      stalled.add(rule.code());
      rule.map()
          .mistake(
              "pattern",
              "the pattern of %s does not come to an end on %s: %s"
                  .formatted(rule.code(), shown(text), tooCostly.getMessage()),
              "Bound its wildcards: '.{0,200}' or '[^ ]+' instead of '.*', and none in another.");
      return false;
    }
  }

  /** Enough of a text to find it again in the file. */
  private static String shown(String text) {
    return "'" + (text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…") + "'";
  }
}
