package io.orchscope.telemetry;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the pairs of defect code and product below what a metric can carry.
 *
 * <p>The SDK merges everything beyond 2,000 attribute sets of an instrument into one nameless
 * overflow. 300 codes on 16 products could make 4,800 pairs; so the first 1,500 are told apart, and
 * of later ones the code stays exact while the product becomes {@code other}.
 */
final class BoundedPairs {

  static final String OTHER = "other";
  private static final int PAIRS = 1500;

  private final Set<String> pairs = ConcurrentHashMap.newKeySet();

  /** The product as it may stand beside the code. */
  String admit(String code, String product) {
    String pair = code + "|" + product;
    if (pairs.contains(pair)) {
      return product;
    }
    if (pairs.size() >= PAIRS) {
      return OTHER;
    }
    pairs.add(pair);
    return product;
  }
}
