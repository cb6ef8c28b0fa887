package io.orchscope.simulator;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Which product the resource of a number is, and the numbers of a product's resources; arithmetic
 * over a repeating pattern, so that nothing is stored per resource.
 */
final class Layout {

  private static final int LENGTH = 100;

  private final List<ProductKind> pattern;
  private final Map<ProductKind, int[]> slots = new EnumMap<>(ProductKind.class);

  /** Errors: {@link IllegalArgumentException} when a name is of no product. */
  Layout(List<String> productNames) {
    List<ProductKind> wanted =
        productNames.isEmpty()
            ? List.of(ProductKind.values())
            : productNames.stream()
                .map(
                    name ->
                        ProductKind.named(name)
                            .orElseThrow(
                                () ->
                                    new IllegalArgumentException(
                                        "The simulator knows no product '" + name + "'.")))
                .toList();
    pattern = wholePattern().stream().filter(wanted::contains).toList();
    for (ProductKind kind : ProductKind.values()) {
      slots.put(
          kind,
          java.util.stream.IntStream.range(0, pattern.size())
              .filter(slot -> pattern.get(slot) == kind)
              .toArray());
    }
  }

  ProductKind kindOf(int index) {
    return pattern.get(index % pattern.size());
  }

  /** How many resources of a kind have a smaller number. */
  int rank(ProductKind kind, int index) {
    int rank = index / pattern.size() * slotsOf(kind).length;
    for (int slot : slotsOf(kind)) {
      rank += slot < index % pattern.size() ? 1 : 0;
    }
    return rank;
  }

  /** The number of the n-th resource of a kind, n from 0. */
  int nth(ProductKind kind, int n) {
    int[] own = slotsOf(kind);
    return n / own.length * pattern.size() + own[n % own.length];
  }

  private int[] slotsOf(ProductKind kind) {
    return slots.getOrDefault(kind, new int[0]);
  }

  /** One of each product, parents directly before what they run; then all of them by weight. */
  private static List<ProductKind> wholePattern() {
    List<ProductKind> all = List.of(ProductKind.values());
    List<ProductKind> kinds = new ArrayList<>(all);
    int[] due = new int[all.size()];
    while (kinds.size() < LENGTH) {
      int most = 0;
      for (int k = 0; k < due.length; k++) {
        due[k] += all.get(k).weight - 1;
        most = due[k] > due[most] ? k : most;
      }
      due[most] -= LENGTH - due.length;
      kinds.add(all.get(most));
    }
    return pairUp(kinds);
  }

  /** Puts what a parent may run directly behind it, parents at even places. */
  private static List<ProductKind> pairUp(List<ProductKind> kinds) {
    for (int i = 0; i < kinds.size(); i++) {
      ProductKind parent = kinds.get(i);
      ProductKind child =
          switch (parent) {
            case COMPLIANCE -> ProductKind.SERVICE_MAPPER;
            case PROVISIONING -> ProductKind.NETWORK_SERVICE_UPDATE;
            default -> parent;
          };
      int even = i - i % 2;
      if (child != parent && kinds.get(even + 1) != child) {
        int from = kinds.subList(even + 2, kinds.size()).indexOf(child);
        if (from >= 0) {
          kinds.set(i, kinds.get(even));
          kinds.set(even, parent);
          kinds.set(even + 2 + from, kinds.get(even + 1));
          kinds.set(even + 1, child);
        }
      }
    }
    return kinds;
  }
}
