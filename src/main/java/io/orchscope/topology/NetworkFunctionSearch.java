package io.orchscope.topology;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The look-ups of a device's network function, one call at a time, and what they have brought.
 *
 * <p>Immutable: ask {@code isOpen}, send {@code path} and {@code query} to MDSO, and go on with
 * what {@code read} returns. MDSO knows a device by its FQDN or by its address, and by its TID as a
 * label; the first look-up that brings one that its adapter knows is the last. Source: domain.md §2
 * and §5.4.
 *
 * @param resourceType of the network functions that are asked for
 * @param remaining the look-up that is under way and those after it; none when the search is over
 * @param skipped look-ups that cannot be asked, because MDSO's filters cannot express the name
 * @param best so far
 * @param garbled what could not be read so far: one line, none of MDSO's text
 */
public record NetworkFunctionSearch(
    String tid,
    Optional<String> fqdn,
    Optional<String> address,
    String resourceType,
    List<Lookup> remaining,
    List<Lookup> skipped,
    Optional<NetworkFunction> best,
    Optional<String> garbled) {

  /** Network functions on a page; a device has one, or a few after it was onboarded anew. */
  static final int LIMIT = 20;

  private static final String ANY_VENDOR = "tosca.resourceTypes.NetworkFunction";
  private static final String REACHED = "AVAILABLE";

  private static final Comparator<NetworkFunction> BETTER =
      Comparator.comparing((NetworkFunction function) -> isKnownToItsAdapter(function))
          .thenComparing(function -> function.communicationState().equalsIgnoreCase(REACHED));

  private static final Comparator<NetworkFunctionReader.Found> BEST_OF_A_PAGE =
      Comparator.comparing(NetworkFunctionReader.Found::function, BETTER)
          .thenComparing(NetworkFunctionReader.Found::createdAt)
          .thenComparing(found -> found.function().id());

  /** A way to find a network function, in the order in which they are tried. */
  public enum Lookup {
    FQDN,
    ADDRESS,
    TID;

    /** The word in manifests. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public NetworkFunctionSearch {
    remaining = List.copyOf(remaining);
    skipped = List.copyOf(skipped);
  }

  /** A search that has asked nothing yet, for a device that Beorn has named. */
  public static NetworkFunctionSearch of(TopologyDevice device, Adapters adapters) {
    return begun(
        device.tid(), device.fqdn(), device.managementAddress(), device.vendor(), adapters);
  }

  /** The same for a device of which no more is known than MDSO's resources say. */
  public static NetworkFunctionSearch of(
      String tid, Optional<String> address, Optional<String> vendor, Adapters adapters) {
    return begun(tid, Optional.empty(), address, vendor, adapters);
  }

  private static NetworkFunctionSearch begun(
      String tid,
      Optional<String> fqdn,
      Optional<String> address,
      Optional<String> vendor,
      Adapters adapters) {
    NetworkFunctionSearch search =
        new NetworkFunctionSearch(
            tid,
            fqdn.filter(name -> !name.isBlank()),
            address.filter(name -> !name.isBlank() && !fqdn.filter(name::equals).isPresent()),
            vendor.flatMap(adapters::ofVendor).map(Adapter::resourceType).orElse(ANY_VENDOR),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty());
    List<Lookup> asked = new ArrayList<>();
    List<Lookup> skipped = new ArrayList<>();
    for (Lookup lookup : Lookup.values()) {
      if (NetworkFunctionQuery.wanted(lookup, search).isPresent()) {
        (NetworkFunctionQuery.canAsk(lookup, search) ? asked : skipped).add(lookup);
      }
    }
    return search.with(asked, skipped, Optional.empty(), Optional.empty());
  }

  /** Whether another call should be made. */
  @JsonIgnore
  public boolean isOpen() {
    return !remaining.isEmpty();
  }

  /** Where to call, below the Market's base. Errors: none is left to ask once it is closed. */
  public String path() {
    current();
    return NetworkFunctionQuery.PATH;
  }

  /** What to ask there, ready for a URL. Errors: none is left to ask once it is closed. */
  public String query() {
    return NetworkFunctionQuery.query(current(), this, LIMIT);
  }

  /**
   * The search after MDSO's answer to the call.
   *
   * <p>Errors: never throws; an answer that is no list is noted in {@code garbled} and the next
   * look-up has its turn.
   */
  public NetworkFunctionSearch read(byte[] reply) {
    if (!isOpen()) {
      return this;
    }
    NetworkFunctionReader.Page page = NetworkFunctionReader.read(reply);
    Optional<NetworkFunction> found =
        page.found().stream()
            .filter(each -> NetworkFunctionQuery.isAnswer(current(), this, each.function()))
            .max(BEST_OF_A_PAGE)
            .map(NetworkFunctionReader.Found::function);
    Optional<NetworkFunction> better =
        found.filter(each -> best.isEmpty() || BETTER.compare(each, best.get()) > 0).or(() -> best);
    boolean isOver = better.filter(NetworkFunctionSearch::isKnownToItsAdapter).isPresent();
    Optional<String> note =
        page.garbled()
            .or(
                () ->
                    page.announcesMore() && found.isEmpty()
                        ? Optional.of("there are more than " + LIMIT + ", the rest is unread")
                        : Optional.empty());
    return with(
        isOver ? List.of() : remaining.subList(1, remaining.size()), skipped, better, noted(note));
  }

  /** The search once MDSO has not answered: over, with what is known so far. */
  public NetworkFunctionSearch givenUp() {
    return isOpen()
        ? with(List.of(), skipped, best, noted(Optional.of("MDSO did not answer")))
        : this;
  }

  /** The network function, as well as it is known so far. */
  public Optional<NetworkFunction> found() {
    return best;
  }

  /** Why its adapter's logs cannot be found; nothing when they can, or while the search is open. */
  public Optional<String> trouble() {
    if (isOpen() || best.filter(NetworkFunctionSearch::isKnownToItsAdapter).isPresent()) {
      return Optional.empty();
    }
    String what =
        best.isPresent()
            ? "the network function has no providerResourceId"
            : "no network function has this name or address";
    String unasked =
        skipped.stream().map(Lookup::word).collect(Collectors.joining(", ", "; not asked by ", ""));
    return Optional.of(
        what + (skipped.isEmpty() ? "" : unasked) + garbled.map(note -> "; " + note).orElse(""));
  }

  private Lookup current() {
    if (!isOpen()) {
      throw new IllegalStateException("The search is over, there is nothing to ask.");
    }
    return remaining.get(0);
  }

  private static boolean isKnownToItsAdapter(NetworkFunction function) {
    return !function.providerResourceId().isEmpty();
  }

  private Optional<String> noted(Optional<String> note) {
    return note.map(
            what ->
                garbled.map(before -> before + "; ").orElse("") + current().word() + ": " + what)
        .or(() -> garbled);
  }

  private NetworkFunctionSearch with(
      List<Lookup> lookups,
      List<Lookup> unasked,
      Optional<NetworkFunction> function,
      Optional<String> notes) {
    return new NetworkFunctionSearch(
        tid, fqdn, address, resourceType, lookups, unasked, function, notes);
  }
}
