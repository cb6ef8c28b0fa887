package io.orchscope.settings;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The two times that there are: what the wall clock says, which somebody may turn, and the time
 * that passes, which nobody can.
 *
 * <p>What is written down, compared with a neighbour's times or told to people is wall time. How
 * long something takes, is waited for or is good for is steady time: a wall clock that is put back
 * by two hours must not make anybody wait for two hours.
 *
 * @param wall the machine's clock, UTC
 * @param steady begins at the wall's time and never jumps; its moments mean nothing to others
 */
public record Clocks(Clock wall, Clock steady) {

  /** Those of this machine. */
  public static Clocks ofThisMachine() {
    return new Clocks(Clock.systemUTC(), new Steady());
  }

  /** One clock for both, where nobody turns it. */
  public static Clocks both(Clock clock) {
    return new Clocks(clock, clock);
  }

  private static final class Steady extends Clock {

    private final Instant start = Instant.now();
    private final long from = System.nanoTime();

    @Override
    public Instant instant() {
      return start.plus(Duration.ofNanos(System.nanoTime() - from));
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
