package io.orchscope;

import io.orchscope.ledger.FollowUpBacklog;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;

/** Follow-ups that have not been tried yet, or are under way. */
record PendingFollowUps(CamelContext context, FollowUpRoom room) {

  /**
   * Waits for them; returns whether none was left.
   *
   * @param limit how long it waits without one that ends
   * @param progress called every moment with what is left
   */
  boolean await(Duration limit, Consumer<FollowUpBacklog> progress) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    long least = Long.MAX_VALUE;
    // Twice in a row, because an exchange between a queue and its route is seen in neither.
    boolean wasQuiet = false;
    while (System.nanoTime() < deadline) {
      FollowUpBacklog backlog = room.backlog();
      boolean quiet = isQuiet(backlog);
      if (quiet && wasQuiet) {
        return true;
      }
      wasQuiet = quiet;
      progress.accept(backlog);
      if (backlog.movable() < least) {
        least = backlog.movable();
        deadline = System.nanoTime() + limit.toNanos();
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return false;
  }

  private boolean isQuiet(FollowUpBacklog backlog) {
    return context.getInflightRepository().size("examine-circuit") == 0
        && context.getInflightRepository().size("follow-up") == 0
        && backlog.movable() == 0;
  }
}
