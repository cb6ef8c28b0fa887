package io.orchscope.errortest;

import java.time.Duration;

/** A moment by which something has to be over, whatever the wall clock says. */
record Deadline(long nanos) {

  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** What is left; nothing when it is over. */
  Duration left() {
    return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
  }

  /** What is left, and no more than so long. */
  Duration left(Duration most) {
    Duration left = left();
    return left.compareTo(most) < 0 ? left : most;
  }

  /** What is left to wait for; never nothing, which means for ever to some. */
  Duration span() {
    return Duration.ofMillis(millis(left()));
  }

  /** The same in whole milliseconds, at least one: 0 means for ever to a socket. */
  int millis(Duration most) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, left(most).toMillis()));
  }

  boolean isOver() {
    return left().isZero();
  }
}
