package io.orchscope.console;

import io.orchscope.circuit.Product;
import io.orchscope.ledger.CircuitHistory;
import io.orchscope.ledger.Ledger;
import io.orchscope.mdso.PollRequest;
import io.orchscope.settings.Durations;
import io.orchscope.settings.Products;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Somebody wants a product, or a circuit, to be polled now. */
public final class CollectionStart implements Change {

  static final Duration LONGEST = Duration.ofDays(365);

  /** A comma would begin another condition of MDSO's filter. */
  private static final Pattern CIRCUIT = Pattern.compile("[^,\\p{Cntrl}]{1,200}");

  private final Products products;
  private final Ledger ledger;
  private final Polls polls;
  private final Audit audit;

  /** Starts polls. */
  @FunctionalInterface
  public interface Polls {

    /**
     * Starts a poll and answers at once.
     *
     * @param traceparent of W3C, the span that asks for it; none for a trace of its own
     */
    void start(PollRequest request, Optional<String> traceparent);
  }

  /** Starts collections. */
  public CollectionStart(Products products, Ledger ledger, Polls polls, Audit audit) {
    this.products = products;
    this.ledger = ledger;
    this.polls = polls;
    this.audit = audit;
  }

  @Override
  public Changed apply(Request request, Visitor visitor) {
    String product = request.field("product");
    String circuit = request.field("circuit");
    String since = request.field("since");
    Optional<Duration> window = since.isEmpty() ? usual(circuit) : since(since);
    if (window.isEmpty()) {
      return Changed.refused(
          400, "How far back?", "Write a number and m, h or d, as in 30m, 8h or 7d.");
    }
    if (!circuit.isEmpty() && !CIRCUIT.matcher(circuit).matches()) {
      return Changed.refused(
          400, "That is no circuit", "Give one circuit's name: 200 characters, no comma.");
    }
    if (!product.isEmpty() && !products.types().contains(product)) {
      return Changed.refused(
          400, "There is no such product", "Choose one of " + String.join(", ", products.types()));
    }
    List<PollRequest> wanted =
        types(product, circuit).stream().map(type -> poll(type, circuit, window.get())).toList();
    wanted.forEach(poll -> polls.start(poll, request.header("traceparent")));
    audit.changed(visitor, "collect", what(product, circuit), since);
    return new Changed(
        202,
        "",
        "The collection has begun.",
        "/collections",
        wanted.stream().map(PollRequest::id).toList());
  }

  /** Products that a circuit is known by; without such knowledge, all. */
  private List<String> types(String product, String circuit) {
    if (!product.isEmpty()) {
      return List.of(product);
    }
    List<String> known =
        circuit.isEmpty()
            ? List.of()
            : CircuitHistory.of(ledger, circuit).resources().stream()
                .map(CircuitHistory.Listed::productType)
                .filter(products.types()::contains)
                .distinct()
                .toList();
    return known.isEmpty() ? products.all().stream().map(Product::type).toList() : known;
  }

  private static PollRequest poll(String type, String circuit, Duration window) {
    return circuit.isEmpty()
        ? new PollRequest(type, window)
        : PollRequest.ofCircuit(type, circuit, window);
  }

  private static String what(String product, String circuit) {
    String all = product.isEmpty() ? "all products" : product;
    return circuit.isEmpty() ? all : "circuit " + circuit;
  }

  /** Of a circuit one wants to know whatever there is. */
  private static Optional<Duration> usual(String circuit) {
    return circuit.isEmpty() ? Optional.empty() : Optional.of(LONGEST);
  }

  static Optional<Duration> since(String word) {
    try {
      return Optional.of(Durations.parse(word))
          .filter(time -> !time.isZero() && time.compareTo(LONGEST) <= 0);
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
