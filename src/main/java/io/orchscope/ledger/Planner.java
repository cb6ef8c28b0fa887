package io.orchscope.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Turns what rooms are owed into messages: group by group, or many groups in one digest where a
 * room would be told too much; and after the failures what tests found about them.
 */
final class Planner {

  /** So many groups are looked at in one go; the others are next. */
  private static final int GROUPS_AT_ONCE = 500;

  private static final String IS_DUE = " (due_at is not null and due_at <= :now)";

  private static final String IS_OWED =
      " or exists (select 1 from occurrence o where o.group_id = failure_group.group_id"
          + " and o.alert = 'owed')";

  /** An opening may be two messages, and the digest needs a place too. */
  private static final int ROOM_TO_LEAVE = 3;

  private final Ledger ledger;
  private final Words words;
  private final FailedPlans failed;
  private final FindingsPlan findings;

  Planner(Ledger ledger, Words words) {
    this.ledger = ledger;
    this.words = words;
    this.failed = new FailedPlans(ledger.clocks().steady());
    this.findings = new FindingsPlan(ledger, words, failed);
  }

  /**
   * Plans what is due.
   *
   * @param everything also what is owed and not due yet, for a process that is about to end
   */
  Plan plan(Instant now, boolean everything) {
    Map<String, List<Due>> rooms = new LinkedHashMap<>();
    for (Due due : due(now, everything)) {
      if (failed.leaveOut(due.groupId())) {
        continue;
      }
      rooms.computeIfAbsent(due.roomId(), room -> new ArrayList<>()).add(due);
    }
    Plan sum = Plan.NOTHING;
    for (Map.Entry<String, List<Due>> room : rooms.entrySet()) {
      DigestPlan digest = new DigestPlan(words, room.getKey(), now, everything);
      sum = sum.plus(plan(digest, room.getValue()));
    }
    return sum.plus(findings.plan(now, everything));
  }

  private Plan plan(DigestPlan digest, List<Due> groups) {
    Plan sum = Plan.NOTHING;
    long busy = ledger.transact((handle, circuits) -> busy(handle, digest.room(), digest.now()));
    GroupPlan one = new GroupPlan(words, digest.now());
    List<Due> overflow = new ArrayList<>();
    long threads = 0;
    for (Due group : groups) {
      if (busy + sum.messages() + ROOM_TO_LEAVE > words.times().messagesPerMinute()) {
        if (threads < threadsThatWait(digest) && hasThread(one, group)) {
          threads++;
        } else {
          overflow.add(group);
        }
      } else {
        sum = sum.plus(plan(one, group));
      }
    }
    return overflow.isEmpty() ? sum : sum.plus(digest(digest, overflow));
  }

  /**
   * How many groups with a thread wait until the room takes their next message there, so that all
   * circuits of a group are in one thread. They stay due and so are the first of the next minute;
   * more than a room takes in a minute would wait long, and come in the digest.
   */
  private int threadsThatWait(DigestPlan digest) {
    int perMinute = words.times().messagesPerMinute();
    return digest.soon() || perMinute < ROOM_TO_LEAVE ? 0 : perMinute;
  }

  private boolean hasThread(GroupPlan one, Due group) {
    return ledger.transact((handle, circuits) -> one.hasThread(handle, group));
  }

  private Plan plan(GroupPlan one, Due group) {
    try {
      return ledger.transact((handle, circuits) -> one.plan(handle, group));
    } catch (LedgerException unusable) {
      throw unusable;
    } catch (RuntimeException bug) {
      return leaveOut(group, one.now(), bug);
    }
  }

  /** A digest without the group that no message can be written of; halves find out which it is. */
  private Plan digest(DigestPlan digest, List<Due> groups) {
    try {
      return ledger.transact((handle, circuits) -> digest.plan(handle, groups));
    } catch (LedgerException unusable) {
      throw unusable;
    } catch (RuntimeException bug) {
      if (groups.size() == 1) {
        return leaveOut(groups.get(0), digest.now(), bug);
      }
      int half = groups.size() / 2;
      return digest(digest, groups.subList(0, half))
          .plus(digest(digest, groups.subList(half, groups.size())));
    }
  }

  private Plan leaveOut(Due group, Instant now, RuntimeException bug) {
    failed.note(group.groupId(), bug);
    long later = now.plus(FailedPlans.PAUSE).toEpochMilli();
    return ledger.transact(
        (handle, circuits) -> {
          group.postpone(handle, later);
          return Plan.NOTHING;
        });
  }

  private List<Due> due(Instant now, boolean everything) {
    String query =
        "select group_id, room_id, coalesce(due_at, -1) from failure_group where"
            + IS_DUE
            + (everything ? IS_OWED : "")
            + " order by due_at, group_id limit "
            + GROUPS_AT_ONCE;
    return ledger.transact(
        (handle, circuits) ->
            handle
                .createQuery(query)
                .bind("now", now.toEpochMilli())
                .map((row, context) -> new Due(row.getString(1), row.getString(2), row.getLong(3)))
                .list());
  }

  /** Messages that the room got in the last minute, or will get as soon as it may. */
  static long busy(Handle handle, String room, Instant now) {
    return handle
            .createQuery(
                "select count(*) from outbox where room_id = :room" + " and state = 'waiting'")
            .bind("room", room)
            .mapTo(Long.class)
            .one()
        + LastMinute.to(handle, room, now.toEpochMilli());
  }
}
