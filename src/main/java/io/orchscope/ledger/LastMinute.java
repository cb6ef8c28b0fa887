package io.orchscope.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** How many messages a room has got within the last minute. */
final class LastMinute {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Clock steady;
  private final Map<String, Deque<Instant>> sent = new HashMap<>();

  LastMinute(Clock steady) {
    this.steady = steady;
  }

  synchronized void note(String room) {
    sent.computeIfAbsent(room, first -> new ArrayDeque<>()).addLast(steady.instant());
  }

  /** From this process, whatever the wall clock says. */
  synchronized long to(String room) {
    Deque<Instant> moments = sent.getOrDefault(room, new ArrayDeque<>());
    Instant since = steady.instant().minus(MINUTE);
    while (!moments.isEmpty() && !moments.getFirst().isAfter(since)) {
      moments.removeFirst();
    }
    if (moments.isEmpty()) {
      sent.remove(room);
    }
    return moments.size();
  }

  /**
   * From all processes, as the ledger has it. What it dates in the future was sent before somebody
   * put the clock back.
   */
  static long to(Handle handle, String room, long now) {
    return handle
        .createQuery(
            "select count(*) from outbox where room_id = :room and sent_at > :since"
                + " and sent_at < :soon")
        .bind("room", room)
        .bind("since", now - MINUTE.toMillis())
        .bind("soon", now + MINUTE.toMillis())
        .mapTo(Long.class)
        .one();
  }
}
