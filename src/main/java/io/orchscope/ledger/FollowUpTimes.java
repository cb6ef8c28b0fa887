package io.orchscope.ledger;

import java.time.Duration;

/**
 * When a follow-up is tried again, and for how long.
 *
 * @param firstPause before the second try; doubles each time
 * @param longestPause between two tries
 * @param longestAge after which what is missing is given up
 */
public record FollowUpTimes(Duration firstPause, Duration longestPause, Duration longestAge) {

  /** The pause after so many tries. */
  Duration after(int tries) {
    Duration pause = firstPause;
    for (int i = 1; i < tries && pause.compareTo(longestPause) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(longestPause) < 0 ? pause : longestPause;
  }
}
