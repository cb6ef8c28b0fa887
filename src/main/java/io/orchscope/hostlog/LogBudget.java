package io.orchscope.hostlog;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the logs of one circuit may cost, over all hosts; each reader draws on it. Safe for any
 * number of threads.
 *
 * <p>Units: bytes as they are read from hosts. Errors: {@link OutOfBudgetException}.
 */
public final class LogBudget {

  private final long bytes;
  private final AtomicLong left;
  private final Instant end;
  private final Clock steady;

  /**
   * All of it.
   *
   * @param steady a clock that nobody turns
   */
  public LogBudget(long bytes, Duration time, Clock steady) {
    this.bytes = bytes;
    this.left = new AtomicLong(bytes);
    this.steady = steady;
    this.end = steady.instant().plus(time);
  }

  /** Draws bytes that have been read, or are about to be. */
  public void draw(long read) throws OutOfBudgetException {
    requireTime();
    if (left.addAndGet(-read) < 0) {
      throw new OutOfBudgetException("More than " + bytes + " bytes would be read", false);
    }
  }

  /** Does nothing while there is time. */
  public void requireTime() throws OutOfBudgetException {
    if (!steady.instant().isBefore(end)) {
      throw new OutOfBudgetException("The time for this circuit's logs is up", true);
    }
  }

  /** What is left; never below zero. */
  public long bytesLeft() {
    return Math.max(0, left.get());
  }

  /** What is left; never below zero. */
  public Duration timeLeft() {
    Duration left = Duration.between(steady.instant(), end);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** What has been drawn so far. */
  public long drawn() {
    return bytes - left.get();
  }
}
