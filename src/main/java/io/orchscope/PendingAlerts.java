package io.orchscope;

import io.orchscope.ledger.Outbox;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.InflightRepository;

/** Messages that wait or are being sent, and circuits that may still owe some. */
record PendingAlerts(CamelContext context, Outbox outbox) {

  /**
   * Sends every alert that has not been sent and waits; returns whether all were sent in time.
   *
   * @param progress called every moment with how many alerts and messages are left
   */
  boolean await(Duration limit, LongConsumer progress) throws InterruptedException {
    outbox.hurry(true);
    try {
      return awaitNothing(limit, progress);
    } finally {
      outbox.hurry(false);
    }
  }

  private boolean awaitNothing(Duration limit, LongConsumer progress) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    // Twice in a row, because an exchange between a queue and its route is seen in neither.
    boolean wasQuiet = false;
    while (System.nanoTime() < deadline) {
      long movable = outbox.movable();
      progress.accept(movable);
      boolean quiet = movable == 0 && isQuiet();
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
    return inflight.size("examine-circuit") == 0 && inflight.size("send-alert") == 0;
  }
}
