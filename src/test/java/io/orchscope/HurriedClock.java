package io.orchscope;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that goes faster than time does, for what takes minutes. */
final class HurriedClock extends Clock {

  private final Instant start = Instant.now();
  private final long from = System.nanoTime();
  private final int faster;

  /**
   * Right for now.
   *
   * @param faster how many times as fast as time
   */
  HurriedClock(int faster) {
    this.faster = faster;
  }

  @Override
  public Instant instant() {
    return start.plus(Duration.ofNanos((System.nanoTime() - from) * faster));
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
