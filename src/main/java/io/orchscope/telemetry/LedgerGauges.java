package io.orchscope.telemetry;

import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** What is counted where it is kept, in the ledger; asked whenever somebody reads. */
public final class LedgerGauges {

  private final Instruments instruments;
  private final String channel;

  LedgerGauges(Instruments instruments, String channel) {
    this.instruments = instruments;
    this.channel = channel;
  }

  /**
   * What rooms are owed is counted where it is kept, whenever somebody reads.
   *
   * @param depth how many alerts
   * @param oldestAge of the oldest of them, in seconds
   */
  public void outbox(Supplier<Double> depth, Supplier<Double> oldestAge) {
    instruments.gauge(
        "mdso.outbox.depth",
        "{alert}",
        "Alerts that are owed.",
        Instruments.CHANNEL,
        () -> Map.of(channel, depth.get()));
    instruments.gauge(
        "mdso.outbox.oldest_age",
        "s",
        "For how long the oldest of them has been owed.",
        Instruments.CHANNEL,
        () -> Map.of(channel, oldestAge.get()));
  }

  /** Whether the ledger adds up; asked whenever somebody reads. */
  public void balance(DoubleSupplier imbalance) {
    instruments.gauge(
        "mdso.ledger.imbalance",
        "{circuit}",
        "Circuits and errors that have come to nothing; must be 0.",
        imbalance::getAsDouble);
  }

  /** Dead letters are counted where they are kept, whenever somebody reads. */
  public void deadLetters(Supplier<Map<String, Long>> byKind) {
    instruments.gauge(
        "mdso.deadletter.depth",
        "{letter}",
        "What could not be finished and waits for somebody.",
        Instruments.CHANNEL,
        () -> depths(byKind.get()));
  }

  private Map<String, Double> depths(Map<String, Long> byKind) {
    Map<String, Double> depth = new HashMap<>();
    depth.put("circuits", (double) byKind.getOrDefault("circuit", 0L));
    depth.put(channel, (double) byKind.getOrDefault("alert", 0L));
    return depth;
  }

  /**
   * Products without a complete poll when there should have been one; asked whenever somebody
   * reads.
   */
  public void latePolls(Supplier<Double> late) {
    instruments.gauge(
        "mdso.polls.late",
        "{product}",
        "Products whose last complete poll is too long ago; must be 0.",
        late);
  }
}
