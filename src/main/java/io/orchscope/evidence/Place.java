package io.orchscope.evidence;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where one attempt is kept under the root: product, circuit, attempt, each one safe segment.
 *
 * <p>Shape: a product's own word is the name of its folder as long as it is snake case; any other
 * word is a tilde and its safe name. So no product is ever taken for another, nor for {@code
 * .incoming}.
 */
record Place(String product, String circuit, String attempt) {

  private static final int LONGEST_PRODUCT = 60;
  private static final Pattern SNAKE_CASE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");
  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_~%+-][A-Za-z0-9_~%+.-]*");

  static Place of(String productType, String circuit, Attempt attempt) {
    return new Place(ofProduct(productType), SafeName.of(circuit), attempt.name());
  }

  /** What the folder of a product is called. */
  static String ofProduct(String productType) {
    boolean isItsOwnName =
        SNAKE_CASE.matcher(productType).matches()
            && productType.length() <= LONGEST_PRODUCT
            && !SafeName.isDevice(productType);
    return isItsOwnName ? productType : "~" + SafeName.of(productType);
  }

  /** The place that a text names; none unless it is three harmless segments. */
  static Optional<Place> parse(String text) {
    List<String> segments = List.of(text.strip().split("/", -1));
    boolean harmless = segments.stream().allMatch(it -> SEGMENT.matcher(it).matches());
    return segments.size() == 3 && harmless
        ? Optional.of(new Place(segments.get(0), segments.get(1), segments.get(2)))
        : Optional.empty();
  }

  Path circuitUnder(Path root) {
    return root.resolve(product).resolve(circuit);
  }

  Path under(Path root) {
    return circuitUnder(root).resolve(attempt);
  }

  @Override
  public String toString() {
    return product + "/" + circuit + "/" + attempt;
  }
}
