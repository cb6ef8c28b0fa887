package io.orchscope;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A wall clock that goes, and that somebody turns. */
public final class TurnedClock extends Clock {

  private final AtomicReference<Duration> ahead;

  private TurnedClock(Duration ahead) {
    this.ahead = new AtomicReference<>(ahead);
  }

  /** One that is right, until it is turned. */
  public static TurnedClock right() {
    return new TurnedClock(Duration.ZERO);
  }

  /** One that shows this moment now. */
  public static TurnedClock at(Instant moment) {
    return new TurnedClock(Duration.between(Instant.now(), moment));
  }

  /** Forward, or back when it is negative. */
  public void turn(Duration by) {
    ahead.accumulateAndGet(by, Duration::plus);
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(ahead.get());
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
