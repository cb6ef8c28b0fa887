package io.orchscope.remote;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Gate that stays closed until the time that a remote system named in Retry-After, and then lets
 * callers through one after the other: a system that was just overloaded must not get all of them
 * at once.
 *
 * <p>Units: those who wait, and those who come then, are spread over a tenth of the pause, at least
 * 50 ms and at most 1 s, after its end; never before it.
 */
public final class RetryAfterGate {

  private static final Duration LEAST_SPREAD = Duration.ofMillis(50);
  private static final Duration LONGEST_SPREAD = Duration.ofSeconds(1);
  private static final int SPREAD_OF_PAUSE = 10;

  /** Nobody before the end; everybody after it and the spread. */
  private record Pause(Instant end, Duration spread) {

    Instant over() {
      return end.plus(spread);
    }

    Pause or(Pause other) {
      return other.end.isAfter(end) ? other : this;
    }
  }

  private final Clock steady;
  private volatile Pause pause = new Pause(Instant.MIN, Duration.ZERO);

  /**
   * An open one.
   *
   * @param steady a pause does not grow because somebody turns the wall clock
   */
  public RetryAfterGate(Clock steady) {
    this.steady = steady;
  }

  /** Nobody for so long from now on; an earlier word that asks for longer stands. */
  public synchronized void closeFor(Duration time) {
    Duration tenth = time.dividedBy(SPREAD_OF_PAUSE);
    Duration spread = tenth.compareTo(LEAST_SPREAD) < 0 ? LEAST_SPREAD : tenth;
    Pause asked =
        new Pause(
            steady.instant().plus(time),
            spread.compareTo(LONGEST_SPREAD) > 0 ? LONGEST_SPREAD : spread);
    pause = pause.or(asked);
  }

  /** How long to wait before asking, in milliseconds; 0 when the gate is open to all. */
  public long waitMillis() {
    Pause current = pause;
    Instant now = steady.instant();
    if (!now.isBefore(current.over())) {
      return 0;
    }
    Instant first = now.isBefore(current.end()) ? current.end() : now;
    Duration turn = Duration.between(first, current.over());
    long chance = ThreadLocalRandom.current().nextLong(turn.toMillis() + 1);
    return Duration.between(now, first).toMillis() + 1 + chance;
  }

  /** Whether it is still too early to ask, or not yet the caller's turn. */
  public boolean isClosed() {
    Pause current = pause;
    Instant now = steady.instant();
    if (!now.isBefore(current.over())) {
      return false;
    }
    double turn = ThreadLocalRandom.current().nextDouble();
    long wait = (long) (turn * current.spread().toMillis());
    return now.isBefore(current.end().plusMillis(wait));
  }
}
