package io.orchscope.errortest;

import io.orchscope.errortest.ErrorTestPlan.Kind;
import java.time.Instant;
import java.util.List;

/**
 * What a test on an error brought to light; data, whatever went wrong.
 *
 * @param occurrenceKey of the error
 * @param test its name in {@code config/error-tests.yaml}
 * @param isTold whether the room of the error's product is told
 * @param circuit others' words, as those in the sections
 * @param testedAt on our clock
 */
public record ErrorTestFinding(
    String occurrenceKey,
    String test,
    Kind kind,
    Outcome outcome,
    boolean isTold,
    String productType,
    String circuit,
    String defectCode,
    List<FindingSection> sections,
    Instant testedAt) {

  public ErrorTestFinding {
    circuit = new FindingLine.Part(circuit, FindingLine.Kind.THEIRS).text();
    sections = List.copyOf(sections);
  }

  static ErrorTestFinding of(
      ErrorTestPlan plan,
      TestedError error,
      Outcome outcome,
      List<FindingSection> sections,
      Instant now) {
    return new ErrorTestFinding(
        error.occurrenceKey(),
        plan.name(),
        plan.kind(),
        outcome,
        outcome.isTold() || (outcome == Outcome.NONE && plan.tellsNothing()),
        error.productType(),
        error.circuit().value(),
        error.defectCode(),
        sections,
        now);
  }
}
