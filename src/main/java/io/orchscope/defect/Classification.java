package io.orchscope.defect;

import java.util.Optional;

/**
 * What the rules say of one error; without a code when no rule matched.
 *
 * @param normalised the text that the rules were matched against
 * @param matched the part of it that the rule's pattern covered; empty without a code
 * @param rulesVersion of the table that spoke, so that a verdict can be explained later
 */
public record Classification(
    Optional<DefectCode> code,
    String title,
    String category,
    Severity severity,
    String normalised,
    String matched,
    String rulesVersion) {

  /** The code's name, or {@code UNCLASSIFIED}: one word for metrics and rooms. */
  public String codeOrUnclassified() {
    return code.map(DefectCode::toString).orElse("UNCLASSIFIED");
  }
}
