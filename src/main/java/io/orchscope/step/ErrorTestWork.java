package io.orchscope.step;

import io.orchscope.errortest.ErrorTestFinding;
import io.orchscope.errortest.ErrorTestPlan;
import io.orchscope.errortest.TestedError;
import java.util.Optional;

/**
 * One test of one error.
 *
 * @param finding what it came to; none before it was made
 */
public record ErrorTestWork(
    CircuitWork work, ErrorTestPlan plan, TestedError error, Optional<ErrorTestFinding> finding) {

  /** The word of {@code config/error-tests.yaml} for what is tried out. */
  public String kind() {
    return plan.kind().word();
  }

  ErrorTestWork with(ErrorTestFinding found) {
    return new ErrorTestWork(work, plan, error, Optional.of(found));
  }
}
