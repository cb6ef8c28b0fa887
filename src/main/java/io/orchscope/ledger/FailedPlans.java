package io.orchscope.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Groups for which no message could be written because of an internal error. They are left out for
 * a while, so that the messages of other groups are written.
 */
final class FailedPlans {

  private static final Logger log = LoggerFactory.getLogger(FailedPlans.class);

  static final Duration PAUSE = Duration.ofMinutes(5);

  private final Clock steady;
  private final Map<String, Instant> groups = new HashMap<>();

  FailedPlans(Clock steady) {
    this.steady = steady;
  }

  /** Leaves a group out from now on, and says so in the log. */
  synchronized void note(String groupId, RuntimeException bug) {
    groups.put(groupId, steady.instant().plus(PAUSE));
    log.error(
        "An internal error kept a group's message from being written; it is tried again in {}."
            + " group={}",
        PAUSE,
        groupId,
        bug);
  }

  /** Whether a group is left out now. */
  synchronized boolean leaveOut(String groupId) {
    Instant until = groups.get(groupId);
    if (until != null && !steady.instant().isBefore(until)) {
      groups.remove(groupId);
      return false;
    }
    return until != null;
  }
}
