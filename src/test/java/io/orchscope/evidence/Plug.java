package io.orchscope.evidence;

import java.io.IOException;
import java.util.Optional;

/** Lets a step of writing fail: as a process that is killed before it, or as a full disk. */
final class Plug implements Hazard {

  private long step;
  private final Optional<IOException> fault;
  private long steps;

  /** That the process is dead: nobody catches it, and nothing can be written after it. */
  static final class Killed extends Error {

    private static final long serialVersionUID = 1L;
  }

  private Plug(long step, Optional<IOException> fault) {
    this.step = step;
    this.fault = fault;
  }

  /** The process dies before a step, counted from 1. */
  static Plug killsAt(long step) {
    return new Plug(step, Optional.empty());
  }

  /** The disk is full from a step on, counted from 1. */
  static Plug fillsAt(long step) {
    return new Plug(step, Optional.of(new IOException("No space left on device")));
  }

  /** It only counts. */
  static Plug never() {
    return killsAt(Long.MAX_VALUE);
  }

  /** From now on; or, with the largest number, no more. */
  void failsFrom(long other) {
    step = other;
  }

  long steps() {
    return steps;
  }

  @Override
  public void beforeAStep() throws IOException {
    steps++;
    if (steps >= step) {
      if (fault.isPresent()) {
        throw fault.get();
      }
      throw new Killed();
    }
  }
}
