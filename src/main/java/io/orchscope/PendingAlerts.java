package io.orchscope;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.component.seda.SedaEndpoint;
import org.apache.camel.spi.InflightRepository;

/** Alerts that wait or are being sent, and circuits that may still raise some. */
record PendingAlerts(CamelContext context, String queue) {

  /** Waits until there are none; answers whether that came to pass in time. */
  boolean await(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    // Twice in a row, because an exchange between a queue and its route is seen in neither.
    boolean wasQuiet = false;
    while (System.nanoTime() < deadline) {
      boolean quiet = count() == 0;
      if (quiet && wasQuiet) {
        return true;
      }
      wasQuiet = quiet;
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return false;
  }

  /** A circuit counts as decided before its alerts are raised, so its poll may have ended. */
  private long count() {
    InflightRepository inflight = context.getInflightRepository();
    SedaEndpoint waiting = context.getEndpoint(queue, SedaEndpoint.class);
    return (long) waiting.getExchanges().size()
        + inflight.size("send-alert")
        + inflight.size("examine-circuit");
  }
}
