package io.orchscope.errortest;

import java.util.List;
import java.util.Locale;

/**
 * A test that is made on some errors, as {@code config/error-tests.yaml} describes it.
 *
 * @param name of the test in the ledger and in rooms
 * @param products types, {@code service_mapper}; empty for all
 * @param codes defect codes, or {@code UNCLASSIFIED}; empty for all
 * @param tellsNothing whether the room hears, too, that nothing was found
 */
public record ErrorTestPlan(
    String name,
    Kind kind,
    List<String> products,
    List<String> codes,
    boolean enabled,
    boolean tellsNothing) {

  /** What is tried out; source: domain.md §7. */
  public enum Kind {
    /** Whether the devices of the circuit can be reached and logged in to. */
    CONNECTIVITY,
    /** What the devices said when they refused a configuration. */
    COMMIT_ERRORS,
    /** Whether this kind of error has only been there since the last deployment. */
    DEPLOYMENT_WATCH;

    /** The word in the file and in the ledger. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public ErrorTestPlan {
    products = List.copyOf(products);
    codes = List.copyOf(codes);
  }

  /** Whether it is made on errors of a product with a code. */
  boolean isDue(String productType, String code) {
    return enabled
        && (products.isEmpty() || products.contains(productType))
        && (codes.isEmpty() || codes.contains(code));
  }
}
