package io.orchscope;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;

/** Follow-ups that are due or under way. */
record PendingFollowUps(CamelContext context, FollowUpRoom room) {

  /** Waits for them; answers whether none was left in time. */
  boolean await(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    // Twice in a row, because an exchange between a queue and its route is seen in neither.
    boolean wasQuiet = false;
    while (System.nanoTime() < deadline) {
      boolean quiet = isQuiet();
      if (quiet && wasQuiet) {
        return true;
      }
      wasQuiet = quiet;
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return false;
  }

  private boolean isQuiet() {
    return context.getInflightRepository().size("examine-circuit") == 0
        && context.getInflightRepository().size("follow-up") == 0
        && room.movable() == 0;
  }
}
