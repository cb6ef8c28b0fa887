package io.orchscope.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Tells whether another process has gone, by what it last wrote: whoever is there writes again and
 * again.
 *
 * <p>Our wall clock says when a loan should be over, but somebody may have turned it. So a loan
 * that is over by the clock is looked at for a while longer, and one that is not is over all the
 * same when it has stood for as long as any loan lasts.
 */
final class SignsOfLife {

  /** Whoever is there has written again by then. */
  static final Duration SHORTLY = Duration.ofSeconds(5);

  /** What it wrote, and when we saw that first, by the steady clock. */
  private record Seen(long until, Instant at) {}

  private final Duration length;
  private final Clock steady;
  private final Map<String, Seen> seen = new HashMap<>();

  /**
   * Has seen nobody yet.
   *
   * @param length of a loan
   */
  SignsOfLife(Duration length, Clock steady) {
    this.length = length;
    this.steady = steady;
  }

  /**
   * Whether the process has gone that has borrowed something.
   *
   * @param until what the ledger says of the end of its loan
   * @param isOver whether our wall clock says that this is past
   */
  synchronized boolean hasGone(String key, long until, boolean isOver) {
    Instant now = steady.instant();
    Seen before = seen.get(key);
    if (before == null || before.until() != until) {
      before = new Seen(until, now);
      seen.put(key, before);
    }
    return !now.isBefore(before.at().plus(isOver ? SHORTLY : length));
  }

  synchronized void forgetAllBut(Set<String> keys) {
    seen.keySet().retainAll(keys);
  }
}
