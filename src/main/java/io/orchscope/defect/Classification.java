package io.orchscope.defect;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the rules say of one error; without a code when no rule matched.
 *
 * @param normalised the text that the rules were matched against
 * @param matched the part of it that the rule's pattern covered; empty without a code
 * @param rulesVersion of the table that spoke, so that a verdict can be explained later
 * @param partial the rules, of lower codes than {@code code}, that could not decide within what
 *     they may cost; each might have won in its place. Nearly always empty.
 */
public record Classification(
    Optional<DefectCode> code,
    String title,
    String category,
    Severity severity,
    String normalised,
    String matched,
    String rulesVersion,
    List<DefectCode> partial) {

  public Classification {
    partial = List.copyOf(partial);
  }

  /** The code's name, or {@code UNCLASSIFIED}: one word for metrics and rooms. */
  public String codeOrUnclassified() {
    return code.map(DefectCode::toString).orElse("UNCLASSIFIED");
  }

  /** The verdict as far as a group of errors is known by it. */
  public Naming naming() {
    return new Naming(codeOrUnclassified(), title, category, severity);
  }

  /** The codes of the rules that could not decide, parted by commas; empty when all could. */
  public String partialCodes() {
    return partial.stream().map(DefectCode::toString).collect(Collectors.joining(","));
  }

  /** The same one by one; none when all could. */
  public Optional<List<String>> partialNames() {
    return partial.isEmpty()
        ? Optional.empty()
        : Optional.of(partial.stream().map(DefectCode::toString).toList());
  }
}
