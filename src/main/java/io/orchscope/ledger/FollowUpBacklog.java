package io.orchscope.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * How many follow-ups are still to be done, by what they wait for.
 *
 * @param due not tried yet by this process, and their time has come
 * @param underWay in this process
 * @param elsewhere under way in other processes
 * @param silent those of {@code elsewhere} whose process has not renewed its lease since this
 *     process began; it may have been killed, and then this one takes them when the lease ends
 * @param later tried, and tried again when their time comes
 * @param nextDue when that is for the first of them, UTC
 * @param missing what is missing for the first of them; empty when there is none
 */
public record FollowUpBacklog(
    long due,
    long underWay,
    long elsewhere,
    long silent,
    long later,
    Optional<Instant> nextDue,
    String missing) {

  /** Nothing at all. */
  public static final FollowUpBacklog NONE =
      new FollowUpBacklog(0, 0, 0, 0, 0, Optional.empty(), "");

  /** What this process still does unless another process goes on with it. */
  public long movable() {
    return due + underWay + silent;
  }
}
