package io.orchscope.ledger;

import io.orchscope.alert.AlertJson;
import io.orchscope.alert.GroupKey;
import io.orchscope.defect.FailureGroup;
import io.orchscope.defect.Fingerprint;
import io.orchscope.defect.Naming;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Moves errors of one group to another code, inside a transaction. */
record GroupMove(Handle handle, Naming to, Instant now) {

  private static final String NOTE = "its errors have another code";

  /**
   * Moves errors of a group, all or some of them.
   *
   * <p>With its last error a group is gone. Where a group of that code and fingerprint is already,
   * the two become one: it keeps its own state, unless it was over and one of these errors is not.
   */
  Recoding.Moved move(String from, List<String> keys) {
    Optional<GroupRow> known = FailureNotes.find(handle, from);
    if (known.isEmpty()) {
      return new Recoding.Moved(rename(handle, keys, to), 0);
    }
    String target = nameOf(known.get());
    // In one order, so that two who move do not wait for each other.
    Stream.of(from, target).sorted().forEach(id -> FailureNotes.lock(handle, id));
    Optional<GroupRow> source = FailureNotes.find(handle, from);
    if (source.isEmpty()) {
      return Recoding.Moved.NOTHING;
    }
    boolean isNew = copy(from, target);
    long moved = rename(handle, keys, to);
    inTurns(keys, some -> update("update occurrence set group_id = :group", some, target));
    boolean isEmpty = !has(from, "");
    GroupRow old = source.get();
    add(target, old, isEmpty ? Math.max(old.failures(), moved) : moved);
    if (!isNew) {
      wake(target, old);
    }
    if (isEmpty) {
      handle.execute("update outbox set group_id = ? where group_id = ?", target, from);
      handle.execute("delete from failure_group where group_id = ?", from);
    } else {
      shrink(old, moved);
    }
    return new Recoding.Moved(moved, 1);
  }

  private String nameOf(GroupRow group) {
    return new GroupKey(
            group.environment(),
            group.productType(),
            to.code(),
            new Fingerprint(group.fingerprint()))
        .id();
  }

  /** The same group under another code, without its counts; answers whether there was none. */
  private boolean copy(String from, String target) {
    return handle
            .createUpdate(
                "insert into failure_group (group_id, environment, product_type, defect_code,"
                    + " fingerprint, title, severity, example, state, state_since, owner, note,"
                    + " until_at, resolved_at, first_seen, last_seen, failures, circuits, room_id,"
                    + " due_at, thread_key, thread_at, told_at) select :target, environment,"
                    + " product_type, :code, fingerprint, :title, :severity, example, state,"
                    + " state_since, owner, note, until_at, resolved_at, first_seen, last_seen, 0,"
                    + " 0, room_id, due_at, thread_key, thread_at, told_at from failure_group"
                    + " where group_id = :from on conflict (group_id) do nothing")
            .bind("target", target)
            .bind("from", from)
            .bind("code", to.code())
            .bind("title", FailureNotes.withoutNul(to.title()))
            .bind("severity", to.severity().word())
            .execute()
        == 1;
  }

  /** Gives errors their code, also where they still wait to be told; answers how many. */
  static long rename(Handle handle, List<String> keys, Naming to) {
    GroupMove move = new GroupMove(handle, to, Instant.EPOCH);
    long[] renamed = {0};
    inTurns(
        keys,
        some -> {
          renamed[0] += move.update("update occurrence set defect_code = :group", some, to.code());
          move.renameOwed(some);
        });
    return renamed[0];
  }

  private void renameOwed(List<String> keys) {
    List<Map<String, Object>> owed =
        handle
            .createQuery(
                "select occurrence_key, alert_body from occurrence"
                    + " where alert_body is not null and occurrence_key in (<keys>)")
            .bindList("keys", keys)
            .mapToMap()
            .list();
    for (Map<String, Object> row : owed) {
      // What nobody can read becomes a dead letter when it is its turn.
      AlertJson.read(String.valueOf(row.get("alert_body")))
          .ifPresent(
              alert ->
                  handle.execute(
                      "update occurrence set alert_body = ? where occurrence_key = ?",
                      AlertJson.write(alert.named(to)),
                      row.get("occurrence_key")));
    }
  }

  private int update(String change, List<String> keys, String value) {
    return handle
        .createUpdate(change + " where occurrence_key in (<keys>)")
        .bindList("keys", keys)
        .bind("group", value)
        .execute();
  }

  private static void inTurns(List<String> keys, Consumer<List<String>> work) {
    for (int from = 0; from < keys.size(); from += Recoding.TURN) {
      work.accept(keys.subList(from, Math.min(keys.size(), from + Recoding.TURN)));
    }
  }

  private boolean has(String group, String condition) {
    return handle
        .createQuery("select 1 from occurrence where group_id = :group" + condition + " limit 1")
        .bind("group", group)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /** Counts what came, and lets the room be told when it would have been of either. */
  private void add(String target, GroupRow from, long failures) {
    GroupRow row = FailureNotes.find(handle, target).orElseThrow();
    handle
        .createUpdate(
            "update failure_group set failures = failures + :failures, circuits = "
                + circuitsOf("target")
                + ", first_seen = :first, last_seen = :last, due_at = :due,"
                + " thread_key = :thread, thread_at = :opened, told_at = :told"
                + " where group_id = :target")
        .bind("target", target)
        .bind("failures", failures)
        .bind("first", earlier(row.firstSeen(), from.firstSeen()).toEpochMilli())
        .bind(
            "last",
            earlier(row.lastSeen(), from.lastSeen()).equals(row.lastSeen())
                ? from.lastSeen().toEpochMilli()
                : row.lastSeen().toEpochMilli())
        .bind("due", earliest(row.dueAt(), from.dueAt()).map(Instant::toEpochMilli).orElse(null))
        .bind("thread", row.threadKey().or(from::threadKey).orElse(null))
        .bind(
            "opened",
            (row.threadKey().isPresent() ? row.threadAt() : from.threadAt())
                .map(Instant::toEpochMilli)
                .orElse(null))
        .bind("told", row.toldAt().or(from::toldAt).map(Instant::toEpochMilli).orElse(null))
        .execute();
  }

  /** Counted anew; what was purged does not count any more. */
  private static String circuitsOf(String group) {
    return "(select count(distinct circuit_id) from occurrence where group_id = :" + group + ")";
  }

  /** A group that was over is not, when an error comes that is not. */
  private void wake(String target, GroupRow from) {
    FailureGroup standing = FailureNotes.find(handle, target).orElseThrow().standing().at(now);
    boolean fails = from.standing().isOpen() && has(target, " and over_at is null");
    if (!standing.isOpen() && fails) {
      FailureNotes.write(handle, target, from.standing());
    }
  }

  /** What is left of a group that some errors have gone from. */
  private void shrink(GroupRow group, long moved) {
    handle
        .createUpdate(
            "update failure_group set failures = :failures, circuits = "
                + circuitsOf("group")
                + " where group_id = :group")
        .bind("group", group.id())
        .bind("failures", Math.max(1, group.failures() - moved))
        .execute();
    if (group.standing().isOpen() && !has(group.id(), " and over_at is null")) {
      FailureNotes.write(handle, group.id(), group.standing().resolve("", NOTE, now));
    }
  }

  private static Instant earlier(Instant one, Instant other) {
    return other.isBefore(one) ? other : one;
  }

  private static Optional<Instant> earliest(Optional<Instant> one, Optional<Instant> other) {
    return Stream.of(one, other).flatMap(Optional::stream).min(Instant::compareTo);
  }
}
