package io.orchscope.ledger;

/** How much rooms are owed, for gauges that must not stand in the way. */
public final class OutboxDepth {

  private static final Outbox.Depth NOTHING = new Outbox.Depth(0, 0);

  private final Outbox outbox;

  public OutboxDepth(Outbox outbox) {
    this.outbox = outbox;
  }

  /** How many alerts. */
  public double alerts() {
    return depth().alerts();
  }

  /** For how long the oldest of them has been owed, in seconds. */
  public double oldestAge() {
    return depth().oldestSeconds();
  }

  /** Nothing when the ledger cannot be read; the work says why. */
  private Outbox.Depth depth() {
    try {
      return outbox.depth();
    } catch (LedgerException unreadable) {
      return NOTHING;
    }
  }
}
