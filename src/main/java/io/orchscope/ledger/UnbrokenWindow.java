package io.orchscope.ledger;

import io.orchscope.mdso.PollWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Leaves no gap between polls: the window reaches back as far as usual, and further when the last
 * poll that read everything began before that, since nobody was there, or MDSO was not.
 */
public final class UnbrokenWindow implements PollWindow {

  /** Clocks differ, and may be turned by so much without a gap. */
  static final Duration OVERLAP = Duration.ofHours(3);

  private final PollEnds ends;
  private final Duration lookBack;
  private final Optional<Duration> keptFor;

  /**
   * A window as the settings have it.
   *
   * @param keptFor how long the ledger remembers what was told; before that, old would pass for new
   */
  public UnbrokenWindow(PollEnds ends, Duration lookBack, Optional<Duration> keptFor) {
    this.ends = ends;
    this.lookBack = lookBack;
    this.keptFor = keptFor;
  }

  @Override
  public Instant from(String productType, Instant now) {
    Instant usual = now.minus(lookBack);
    Instant unbroken =
        covered(productType)
            .map(until -> until.minus(OVERLAP))
            .filter(from -> from.isBefore(usual))
            .orElse(usual);
    return keptFor.map(now::minus).filter(earliest -> earliest.isAfter(unbroken)).orElse(unbroken);
  }

  /** A ledger that cannot be asked fails the poll a moment later, where that is told. */
  private Optional<Instant> covered(String productType) {
    try {
      return ends.coveredUntil(productType);
    } catch (LedgerException unusable) {
      return Optional.empty();
    }
  }
}
