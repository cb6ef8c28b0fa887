package io.orchscope.step;

import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.baggage.BaggageBuilder;
import java.util.Optional;
import java.util.Set;

/**
 * What may travel with the work, and onto each of its spans: five short words, and nothing that
 * names a customer, a device or a secret.
 *
 * <p>Checked when something is put in and when it comes from another process, which may send
 * whatever it likes: the SDK of 1.59.0 has no limit of its own. Source: design.md §4.
 */
final class AllowedBaggage {

  static final Set<String> KEYS =
      Set.of("product.type", "mdso.server", "time.range", "environment", "poll.id");

  /** Characters of one value; five of them stay far below the 8,192 bytes of W3C. */
  private static final int LONGEST = 200;

  /** What is allowed of it, and nothing else. */
  static Baggage of(Baggage brought) {
    BaggageBuilder kept = Baggage.builder();
    brought.forEach(
        (key, entry) -> allowed(key, entry.getValue()).ifPresent(value -> kept.put(key, value)));
    return kept.build();
  }

  /** The value as it may travel under this key; none when it may not. */
  static Optional<String> allowed(String key, String value) {
    if (!KEYS.contains(key) || value.isBlank() || value.length() > LONGEST) {
      return Optional.empty();
    }
    boolean printable = value.chars().allMatch(each -> each > ' ' && each < 127);
    boolean hostOnly = !key.equals("mdso.server") || value.matches("[A-Za-z0-9.:\\[\\]_-]+");
    return printable && hostOnly ? Optional.of(value) : Optional.empty();
  }

  private AllowedBaggage() {}
}
