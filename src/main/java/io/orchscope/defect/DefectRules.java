package io.orchscope.defect;

import io.orchscope.match.BudgetedText;
import io.orchscope.match.FirstMatch;
import io.orchscope.match.OrderedPatterns;
import io.orchscope.secret.OutsideText;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table of rules: the first, by the number of its code, whose pattern is found in a text wins.
 *
 * <p>Never changes, apart from remembering which rules it has warned of; safe for many threads.
 */
public final class DefectRules {

  private static final Logger log = LoggerFactory.getLogger(DefectRules.class);

  private final String version;
  private final List<DefectRule> rules;
  private final OrderedPatterns patterns;
  private final Set<DefectCode> warnedOf = ConcurrentHashMap.newKeySet();

  /** The order in which the rules are given does not matter; each code stands once. */
  public DefectRules(String version, List<DefectRule> rules) {
    this.version = version;
    this.rules = rules.stream().sorted(Comparator.comparing(DefectRule::code)).toList();
    this.patterns = OrderedPatterns.of(this.rules.stream().map(DefectRule::pattern).toList());
  }

  /** Rules in their order, and the same for matching. */
  DefectRules(String version, List<DefectRule> ordered, OrderedPatterns patterns) {
    this.version = version;
    this.rules = List.copyOf(ordered);
    this.patterns = patterns;
  }

  /** The file's own version and a prefix of its SHA-256: {@code 1-3fa9c2d1}. */
  public String version() {
    return version;
  }

  /** The rules in the order in which they are tried. */
  public List<DefectRule> rules() {
    return rules;
  }

  /**
   * What the table says of an error.
   *
   * <p>Errors: none. A rule that cannot decide within what it may cost is skipped, warned of once,
   * and named in the classification: its error goes to a later rule or is unclassified.
   */
  public Classification classify(String normalised) {
    return classify(OutsideText.of(normalised));
  }

  /** The same of a text of another system; the classification holds it without its secrets. */
  public Classification classify(OutsideText error) {
    String normalised = error.forMatching();
    FirstMatch match = patterns.find(normalised);
    List<DefectCode> partial =
        match.undecided().isEmpty() ? List.of() : undecided(match.undecided(), normalised);
    if (match.found().isPresent()) {
      FirstMatch.Found found = match.found().get();
      DefectRule rule = rules.get(found.row());
      return new Classification(
          Optional.of(rule.code()),
          rule.title(),
          rule.category(),
          rule.severity(),
          error.masked(),
          error.part(found.start(), found.end()).masked(),
          version,
          partial);
    }
    return new Classification(
        Optional.empty(),
        "Unclassified error",
        "Unclassified",
        Severity.MAJOR,
        error.masked(),
        "",
        version,
        partial);
  }

  private List<DefectCode> undecided(List<Integer> rows, String normalised) {
    return rows.stream().map(row -> undecided(rules.get(row), normalised)).toList();
  }

  private DefectCode undecided(DefectRule rule, String normalised) {
    if (warnedOf.add(rule.code())) {
      log.warn(
          "A rule could not decide and was skipped; bound its wildcards."
              + " defect_code={} reason=\"it takes more than {} steps\" place=\"{}\""
              + " text_length={} rules_version={}",
          rule.code(),
          BudgetedText.STEPS,
          rule.place(),
          normalised.length(),
          version);
    }
    return rule.code();
  }
}
