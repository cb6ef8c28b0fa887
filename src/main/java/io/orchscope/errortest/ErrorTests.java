package io.orchscope.errortest;

import java.util.List;

/** The tests that are made on errors, in the order of their file. */
public record ErrorTests(List<ErrorTestPlan> plans) {

  public ErrorTests {
    plans = List.copyOf(plans);
  }

  /**
   * Those to be made on an error.
   *
   * @param code a defect code, or {@code UNCLASSIFIED}
   */
  public List<ErrorTestPlan> due(String productType, String code) {
    return plans.stream().filter(plan -> plan.isDue(productType, code)).toList();
  }
}
