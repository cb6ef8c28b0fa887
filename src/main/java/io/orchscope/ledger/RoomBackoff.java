package io.orchscope.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Pause of each room after a fault that may concern more than one message.
 *
 * <p>Whether a timeout, a 5xx or a proxy's page is about one message or about Webex shows the next
 * message of another thread: after the pause the room tries that one first. So one message that
 * never gets through delays the others by seconds, and while Webex is unavailable each room tries
 * one message per pause.
 *
 * <p>Units: the pause is 5 s after the first fault in a row and doubles up to 60 s, by the steady
 * clock.
 */
final class RoomBackoff {

  static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /** One message that fails is no outage. */
  private static final int OUTAGE = 3;

  private static final int MOST_DOUBLINGS = 10;

  /** Faults in a row, and the end of the pause. */
  private record State(int faults, Instant until) {}

  private final Clock steady;
  private final Map<String, State> rooms = new HashMap<>();

  RoomBackoff(Clock steady) {
    this.steady = steady;
  }

  synchronized void failed(String room) {
    int before = rooms.containsKey(room) ? rooms.get(room).faults() : 0;
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(before, MOST_DOUBLINGS));
    Duration bounded = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    rooms.put(room, new State(before + 1, steady.instant().plus(bounded)));
  }

  /** Ends the trouble of a room; answers whether it was an outage that held several messages. */
  synchronized boolean succeeded(String room) {
    State before = rooms.remove(room);
    return before != null && before.faults() >= OUTAGE;
  }

  synchronized boolean isPaused(String room) {
    State state = rooms.get(room);
    return state != null && steady.instant().isBefore(state.until());
  }

  /** Whether the last message of the room failed. */
  synchronized boolean isInTrouble(String room) {
    return rooms.containsKey(room);
  }
}
