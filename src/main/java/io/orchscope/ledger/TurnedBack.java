package io.orchscope.ledger;

import io.orchscope.alert.AlertTimes;
import io.orchscope.settings.ClockJumps;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps moments that were written down before somebody put the wall clock back from holding rooms
 * up until it shows them again.
 *
 * <p>Only what cannot be is changed, so that it does not matter which process looks, nor how often:
 * what has happened lies in the past, and what is to be told falls due within the usual intervals.
 */
final class TurnedBack {

  private static final Logger log = LoggerFactory.getLogger(TurnedBack.class);

  /** Clocks of processes that share a ledger differ by less. */
  private static final Duration SMALL = Duration.ofMinutes(1);

  private static final String FROM_THE_FUTURE =
      "select coalesce(max(planned_at), 0) from outbox where state = 'waiting'"
          + " and planned_at > :limit";

  private static final String PUT_BACK =
      "update outbox set not_before = not_before - (owned_until - :now), owned_until = :now"
          + " where state = 'waiting' and owner is null and owned_until > :limit";

  private static final String DUE =
      "update failure_group set due_at = :soon where due_at > :latest and (state = 'resolved'"
          + " or exists (select 1 from occurrence o where o.group_id = failure_group.group_id"
          + " and o.alert = 'owed'))";

  private final Ledger ledger;
  private final AlertTimes times;
  private final ClockJumps jumps;
  private boolean looked;

  TurnedBack(Ledger ledger, AlertTimes times) {
    this.ledger = ledger;
    this.times = times;
    this.jumps = new ClockJumps(ledger.clocks());
  }

  /** Looks once at the start, for it may have been while nobody was there, and after each turn. */
  synchronized void look(Instant now) {
    Duration turned = jumps.sinceLastLook();
    if (!turned.isZero()) {
      log.warn("Somebody has turned this machine's clock. by={}", turned);
    }
    if (!looked || turned.isNegative()) {
      ledger.transact((handle, circuits) -> repair(handle, now));
      looked = true;
    }
  }

  private int repair(Handle handle, Instant now) {
    long limit = now.plus(SMALL).toEpochMilli();
    int changed = keepOrder(handle, now, limit);
    changed +=
        handle.createUpdate(PUT_BACK).bind("now", millis(now)).bind("limit", limit).execute();
    for (String column : new String[] {"told_at", "thread_at"}) {
      changed +=
          handle.execute(
              "update failure_group set " + column + " = ? where " + column + " > ?",
              millis(now),
              limit);
    }
    changed +=
        handle
            .createUpdate(DUE)
            .bind("soon", millis(now.plus(times.groupWait())))
            .bind("latest", millis(now.plus(longest()).plus(SMALL)))
            .execute();
    return changed;
  }

  /** All that wait are put back by as much as the clock was, so that none overtakes another. */
  private static int keepOrder(Handle handle, Instant now, long limit) {
    long newest = handle.createQuery(FROM_THE_FUTURE).bind("limit", limit).mapTo(Long.class).one();
    return newest == 0
        ? 0
        : handle.execute(
            "update outbox set planned_at = planned_at - ? where state = 'waiting'",
            newest - millis(now));
  }

  /** What is owed falls due no later than this. */
  private Duration longest() {
    Duration longest = times.groupWait();
    for (Duration other : new Duration[] {times.groupInterval(), times.digestInterval()}) {
      longest = other.compareTo(longest) > 0 ? other : longest;
    }
    return longest;
  }

  private static long millis(Instant moment) {
    return moment.toEpochMilli();
  }
}
