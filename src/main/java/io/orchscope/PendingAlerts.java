package io.orchscope;

import io.orchscope.ledger.Outbox;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.InflightRepository;

/** Messages that wait or are being sent, and circuits that may still owe some. */
record PendingAlerts(CamelContext context, Outbox outbox) {

  /** Tells everything that is owed and waits for it; answers whether that came to pass in time. */
  boolean await(Duration limit) throws InterruptedException {
    outbox.hurry(true);
    try {
      return awaitNothing(limit);
    } finally {
      outbox.hurry(false);
    }
  }

  private boolean awaitNothing(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    // Twice in a row, because an exchange between a queue and its route is seen in neither.
    boolean wasQuiet = false;
    while (System.nanoTime() < deadline) {
      boolean quiet = isQuiet();
      if (quiet && wasQuiet) {
        return outbox.depth().alerts() == 0;
      }
      wasQuiet = quiet;
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return false;
  }

  private boolean isQuiet() {
    InflightRepository inflight = context.getInflightRepository();
    return inflight.size("examine-circuit") == 0
        && inflight.size("send-alert") == 0
        && outbox.movable() == 0;
  }
}
