package io.orchscope.ledger;

import io.orchscope.alert.Draft;
import io.orchscope.defect.FailureGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Makes one message of many groups, for a room that would be told too much.
 *
 * @param soon whether the digest does not wait for the usual interval
 */
record DigestPlan(Words words, String room, Instant now, boolean soon) {

  private static final Duration AT_LEAST = Duration.ofMinutes(1);

  Plan plan(Handle handle, List<Due> groups) {
    long next = next(handle);
    if (waits(handle) || (next > now.toEpochMilli() && !soon)) {
      long later = Math.max(next, now.plus(AT_LEAST).toEpochMilli());
      groups.forEach(due -> due.postpone(handle, later));
      return Plan.NOTHING;
    }
    List<GroupRow> told = new ArrayList<>();
    List<Owed> owed = new ArrayList<>();
    Plan sum = Plan.NOTHING;
    Owed.Limit limit = new Owed.Limit();
    for (Due due : groups) {
      if (limit.isReached()) {
        due.postpone(handle, now.plus(AT_LEAST).toEpochMilli());
      } else {
        sum = sum.plus(collect(handle, due, limit, told, owed));
      }
    }
    if (owed.isEmpty()) {
      return sum;
    }
    Draft draft =
        words
            .messages()
            .digest(
                told.stream().map(group -> words.facts(group, now)).toList(),
                owed.stream().map(Owed::alert).toList(),
                words.times().messagesPerMinute());
    new Envelope(room, Optional.empty(), Optional.empty(), owed.get(0).sender(), now, 0)
        .send(handle, draft);
    for (GroupRow group : told) {
      handle.execute(
          "update failure_group set told_at = ? where group_id = ?",
          now.toEpochMilli(),
          group.id());
    }
    return sum.plus(Plan.of(1));
  }

  private Plan collect(
      Handle handle, Due due, Owed.Limit limit, List<GroupRow> told, List<Owed> owed) {
    Optional<GroupRow> group = due.take(handle);
    if (group.isEmpty()) {
      return Plan.NOTHING;
    }
    FailureGroup standing = group.get().standing().at(now);
    if (Due.isSilent(standing)) {
      return Owed.silence(handle, due.groupId(), standing);
    }
    Owed.Batch its = Owed.of(handle, due.groupId(), limit);
    if (!its.owed().isEmpty()) {
      told.add(group.get());
      owed.addAll(its.owed());
    }
    if (!its.isAll()) {
      FailureNotes.due(handle, due.groupId(), now.plus(AT_LEAST));
    }
    return Plan.NOTHING;
  }

  /** The moment before which the room gets no other digest. */
  private long next(Handle handle) {
    Optional<Long> last =
        handle
            .createQuery(
                "select max(planned_at) from outbox where room_id = :room and kind = 'digest'"
                    + " and planned_at <= :now")
            .bind("room", room)
            .bind("now", now.toEpochMilli())
            .mapTo(Long.class)
            .findOne();
    return last.map(at -> at + words.times().digestInterval().toMillis()).orElse(0L);
  }

  private boolean waits(Handle handle) {
    return handle
        .createQuery(
            "select 1 from outbox where room_id = :room and kind = 'digest'"
                + " and state = 'waiting' limit 1")
        .bind("room", room)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }
}
