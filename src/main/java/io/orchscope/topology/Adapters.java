package io.orchscope.topology;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The resource adapter that looks after the devices of each vendor.
 *
 * <p>Shape: a vendor's name fits as it is, or as a part of what Beorn and MDSO write, the longest
 * name first: {@code JUNIPER NETWORKS} is {@code JUNIPER}. Errors: most vendors have none. Source:
 * domain.md §2, vendor → RA directory.
 */
public final class Adapters {

  private static final List<Adapter> DEFAULTS =
      List.of(
          adapter("ADVA", "bpraadva", "bpraadva"),
          adapter("JUNIPER", "rajuniper", "junipereq"),
          adapter("RAD", "radra", "radra"),
          adapter("CISCO", "bpracisco", "bpracisco"));

  private static final Comparator<Adapter> LONGEST_NAME_FIRST =
      Comparator.comparing((Adapter adapter) -> adapter.vendor().length())
          .reversed()
          .thenComparing(Adapter::vendor);

  private final List<Adapter> all;

  /**
   * Those that are known, and more.
   *
   * <p>Errors: {@link IllegalArgumentException} for one without a vendor, which would fit all.
   *
   * @param overrides take the place of the known one of the same vendor; of two, the later counts
   */
  public Adapters(List<Adapter> overrides) {
    List<Adapter> kept = new ArrayList<>();
    Stream.concat(DEFAULTS.stream(), overrides.stream())
        .map(each -> new Adapter(name(each.vendor()), each.folder(), each.resourceType()))
        .forEach(
            each -> {
              if (each.vendor().isEmpty()) {
                throw new IllegalArgumentException("An adapter has no vendor: " + each.folder());
              }
              kept.removeIf(before -> before.vendor().equals(each.vendor()));
              kept.add(each);
            });
    kept.sort(LONGEST_NAME_FIRST);
    this.all = List.copyOf(kept);
  }

  /** The adapter for a vendor as Beorn or MDSO writes it. */
  public Optional<Adapter> ofVendor(String vendor) {
    String name = name(vendor);
    return all.stream()
        .filter(each -> each.vendor().equals(name))
        .findFirst()
        .or(() -> all.stream().filter(each -> name.contains(each.vendor())).findFirst());
  }

  /** The adapter that network functions of a type belong to, where nobody has named a vendor. */
  public Optional<Adapter> ofType(String resourceType) {
    return all.stream().filter(each -> each.resourceType().equals(resourceType)).findFirst();
  }

  private static Adapter adapter(String vendor, String folder, String prefix) {
    return new Adapter(vendor, folder, prefix + ".resourceTypes.NetworkFunction");
  }

  private static String name(String vendor) {
    return vendor.strip().toUpperCase(Locale.ROOT);
  }
}
