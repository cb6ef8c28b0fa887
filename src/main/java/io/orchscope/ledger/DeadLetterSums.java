package io.orchscope.ledger;

import java.util.Map;
import java.util.function.Supplier;

/** How many dead letters there are of each kind, for a gauge that must not stand in the way. */
public final class DeadLetterSums implements Supplier<Map<String, Long>> {

  private final Ledger ledger;

  public DeadLetterSums(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Nothing when the ledger cannot be read; the work says why. */
  @Override
  public Map<String, Long> get() {
    if (!ledger.exists()) {
      // Asking would make it, and there is nothing in it yet.
      return Map.of();
    }
    try {
      return ledger.deadLettersByKind();
    } catch (LedgerException unreadable) {
      return Map.of();
    }
  }
}
