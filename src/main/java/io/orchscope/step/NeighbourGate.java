package io.orchscope.step;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** Keeps everybody from asking a neighbour before the time that it named. */
public final class NeighbourGate {

  private final Clock clock;
  private final AtomicReference<Instant> openFrom = new AtomicReference<>(Instant.EPOCH);

  public NeighbourGate(Clock clock) {
    this.clock = clock;
  }

  /** Nobody before this moment; an earlier word that asks for longer stands. */
  void closeUntil(Instant moment) {
    openFrom.accumulateAndGet(moment, (old, asked) -> asked.isAfter(old) ? asked : old);
  }

  /** How long to wait before asking, in milliseconds; 0 when the gate is open. */
  public long waitMillis() {
    Duration left = Duration.between(clock.instant(), openFrom.get());
    return left.isNegative() || left.isZero() ? 0 : left.toMillis() + 1;
  }

  /** Whether it is still too early to ask. */
  public boolean isClosed() {
    return clock.instant().isBefore(openFrom.get());
  }
}
