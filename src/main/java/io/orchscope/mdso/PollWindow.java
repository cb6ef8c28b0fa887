package io.orchscope.mdso;

import java.time.Duration;
import java.time.Instant;

/** From when on a resource must have changed for a poll to look at it. */
@FunctionalInterface
public interface PollWindow {

  /** Where the window of a poll begins that is about to begin itself. */
  Instant from(String productType, Instant now);

  /** The same time back for every poll, whatever became of the one before. */
  static PollWindow lookingBack(Duration time) {
    return (productType, now) -> now.minus(time);
  }
}
