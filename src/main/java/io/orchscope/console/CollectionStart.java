package io.orchscope.console;

import io.orchscope.mdso.PollRequest;
import io.orchscope.settings.Durations;
import io.orchscope.settings.Products;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Somebody wants a product to be polled now. */
public final class CollectionStart implements Page {

  private static final Duration LONGEST = Duration.ofDays(365);

  private final Views views;
  private final Products products;
  private final Consumer<PollRequest> polls;
  private final Audit audit;

  /**
   * Starts collections.
   *
   * @param polls takes what is to be polled, and answers at once
   */
  public CollectionStart(Views views, Products products, Consumer<PollRequest> polls, Audit audit) {
    this.views = views;
    this.products = products;
    this.polls = polls;
    this.audit = audit;
  }

  @Override
  public Reply answer(Request request, Visitor visitor) {
    String product = request.field("product");
    Optional<Duration> since = since(request.field("since"));
    if (since.isEmpty()) {
      return views.refusal(
          400, "How far back?", "Write a number and m, h or d, as in 30m, 8h or 7d.", visitor);
    }
    List<String> wanted = product.isEmpty() ? products.types() : List.of(product);
    if (!products.types().containsAll(wanted)) {
      return views.refusal(400, "There is no such product", "Choose one of the list.", visitor);
    }
    wanted.forEach(type -> polls.accept(new PollRequest(type, since.get())));
    audit.changed(visitor, "collect", String.join(", ", wanted), request.field("since"));
    return Reply.seeOther("/collections?said=" + Words.encoded("The collection has begun."));
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
