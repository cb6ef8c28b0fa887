package io.orchscope.settings;

import java.time.Duration;

/** Notices when somebody has turned the wall clock. */
public final class ClockJumps {

  /** Clocks are corrected by less all the time. */
  private static final Duration JUMP = Duration.ofMinutes(1);

  private final Clocks clocks;
  private Duration ahead;

  /** Looks from now on. */
  public ClockJumps(Clocks clocks) {
    this.clocks = clocks;
    this.ahead = ahead();
  }

  /** By how much it was turned since the last look, back is negative; zero when it was not. */
  public synchronized Duration sinceLastLook() {
    Duration now = ahead();
    Duration turned = now.minus(ahead);
    if (turned.abs().compareTo(JUMP) < 0) {
      return Duration.ZERO;
    }
    ahead = now;
    return turned;
  }

  private Duration ahead() {
    return Duration.between(clocks.steady().instant(), clocks.wall().instant());
  }
}
