package io.orchscope.defect;

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
  private final Set<DefectCode> warnedOf = ConcurrentHashMap.newKeySet();

  /** The order in which the rules are given does not matter; each code stands once. */
  public DefectRules(String version, List<DefectRule> rules) {
    this.version = version;
    this.rules = rules.stream().sorted(Comparator.comparing(DefectRule::code)).toList();
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
   * <p>Errors: none. A pattern that does not come to an end is skipped, and warned of once: its
   * error goes to a later rule or is unclassified.
   */
  public Classification classify(String normalised) {
    for (DefectRule rule : rules) {
      Optional<String> matched = matched(rule, normalised);
      if (matched.isPresent()) {
        return new Classification(
            Optional.of(rule.code()),
            rule.title(),
            rule.category(),
            rule.severity(),
            normalised,
            matched.get(),
            version);
      }
    }
    return new Classification(
        Optional.empty(),
        "Unclassified error",
        "Unclassified",
        Severity.MAJOR,
        normalised,
        "",
        version);
  }

  private Optional<String> matched(DefectRule rule, String normalised) {
    try {
      return rule.findIn(normalised);
    } catch (StalledPatternException stalled) {
      if (warnedOf.add(rule.code())) {
        log.warn(
            "A pattern was skipped; bound its wildcards."
                + " defect_code={} reason=\"{}\" place=\"{}\" text_length={} rules_version={}",
            rule.code(),
            stalled.getMessage(),
            rule.place(),
            normalised.length(),
            version);
      }
      return Optional.empty();
    }
  }
}
