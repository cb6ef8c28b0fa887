package io.orchscope.ledger;

import io.orchscope.defect.FailureGroup;
import io.orchscope.errortest.ErrorTestFinding;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * What tests found about a group and no message tells yet.
 *
 * @param sender W3C {@code traceparent} of the span that found the first of the errors
 * @param untested errors that could not be tested since the room was told last
 */
record OwedFindings(List<ErrorTestFinding> findings, String sender, long untested) {

  /** A table with more is of no use; the others come in the next message. */
  private static final int MOST = 2_000;

  private static final Duration SMALL = Duration.ofMinutes(1);

  /**
   * Never before the error itself was told; if it will not be, there is an end to it. Few are owed
   * and many were told; SQLite takes the tables of a cross join in the order in which they stand.
   */
  private static final String OWED =
      " from error_test t cross join occurrence o where o.occurrence_key = t.occurrence_key"
          + " and t.telling = 'owed' and o.alert in ('told', 'suppressed', 'dropped')";

  /** Those of errors whose message is on its way come with the others, a moment later. */
  private static final String WAITING =
      "select g.group_id, g.room_id, coalesce(g.tests_told_at, -1) as told_at,"
          + " g.thread_key is not null as has_thread, w.since from failure_group g join"
          + " (select o.group_id, min(t.tested_at) as since from error_test t join occurrence o"
          + " on o.occurrence_key = t.occurrence_key where t.telling = 'owed'"
          + " and o.alert not in ('owed', 'dead') group by o.group_id"
          + " having sum(case when o.alert = 'planned' then 1 else 0 end) = 0) w"
          + " on w.group_id = g.group_id order by g.group_id";

  private static final String UNTESTED =
      "select count(*) from error_test t join occurrence o"
          + " on o.occurrence_key = t.occurrence_key where o.group_id = :group"
          + " and t.outcome = 'not-tested' and t.tested_at > :since";

  private static final String SILENCED =
      "update error_test set telling = 'suppressed' where telling = 'owed' and occurrence_key in"
          + " (select occurrence_key from occurrence where group_id = :group%s)";

  private static final String OF_SILENT_ERRORS = " and alert in ('suppressed', 'dropped')";

  private static final String TOLD =
      "update error_test set telling = 'planned', message_key = :message"
          + " where occurrence_key = :key and test = :test and telling = 'owed'";

  /**
   * A group that waits to be told.
   *
   * @param toldAt when it was told last, milliseconds since 1970; -1 when it never was
   * @param since the oldest that is owed was found
   */
  record Waiting(String groupId, String roomId, long toldAt, boolean hasThread, Instant since) {

    /** Whether it has waited so long; a moment that lies ahead is of a clock that was put back. */
    boolean hasWaited(Duration time, Instant now) {
      return isPast(since.plus(time), now) || since.isAfter(now.plus(SMALL));
    }

    /** Whether its room was left in peace for so long. */
    boolean hasRested(Duration time, Instant now) {
      Instant last = Instant.ofEpochMilli(toldAt);
      return toldAt < 0 || isPast(last.plus(time), now) || last.isAfter(now.plus(SMALL));
    }

    /** Takes it on, unless another process has meanwhile. */
    boolean take(Handle handle, Instant now) {
      return handle.execute(
              "update failure_group set tests_told_at = ? where group_id = ?"
                  + " and coalesce(tests_told_at, -1) = ?",
              now.toEpochMilli(),
              groupId,
              toldAt)
          == 1;
    }

    private static boolean isPast(Instant moment, Instant now) {
      return !moment.isAfter(now);
    }
  }

  /** All groups that have something to tell, in one order for all processes. */
  static List<Waiting> waiting(Handle handle) {
    return handle
        .createQuery(WAITING)
        .map(
            (row, context) ->
                new Waiting(
                    row.getString("group_id"),
                    row.getString("room_id"),
                    row.getLong("told_at"),
                    row.getBoolean("has_thread"),
                    Instant.ofEpochMilli(row.getLong("since"))))
        .list();
  }

  /** How many there are that may be told. */
  static long number(Handle handle) {
    return handle.createQuery("select count(*)" + OWED).mapTo(Long.class).one();
  }

  /** Of a group that was taken, without those of which nobody need be told any more. */
  static OwedFindings of(Handle handle, Waiting waiting, FailureGroup standing) {
    String which = Due.isSilent(standing) ? "" : OF_SILENT_ERRORS;
    handle.createUpdate(SILENCED.formatted(which)).bind("group", waiting.groupId()).execute();
    List<ErrorTestFinding> findings = new ArrayList<>();
    String sender = "";
    try (ResultIterator<Row> rows = rows(handle, waiting.groupId())) {
      while (rows.hasNext()) {
        Row row = rows.next();
        sender = findings.isEmpty() ? row.sender() : sender;
        row.finding().ifPresentOrElse(findings::add, () -> forget(handle, row.key(), row.test()));
      }
    }
    return new OwedFindings(List.copyOf(findings), sender, untested(handle, waiting));
  }

  /** Takes note that a message tells them, in the transaction that made it. */
  void toldBy(Handle handle, String message) {
    PreparedBatch batch = handle.prepareBatch(TOLD);
    for (ErrorTestFinding each : findings) {
      batch
          .bind("message", message)
          .bind("key", each.occurrenceKey())
          .bind("test", each.test())
          .add();
    }
    batch.execute();
  }

  private record Row(String key, String test, String sender, Optional<ErrorTestFinding> finding) {

    static Row of(ResultSet row) throws SQLException {
      return new Row(
          row.getString("occurrence_key"),
          row.getString("test"),
          Optional.ofNullable(row.getString("sender")).orElse(""),
          FindingRow.read(row));
    }
  }

  private static ResultIterator<Row> rows(Handle handle, String group) {
    return handle
        .createQuery(
            "select "
                + FindingRow.COLUMNS
                + ", o.sender"
                + OWED
                + " and o.group_id = :group order by t.tested_at, t.occurrence_key, t.test limit"
                + " :most")
        .bind("group", group)
        .bind("most", MOST)
        .map((row, context) -> Row.of(row))
        .iterator();
  }

  /** Nobody can tell it, and it must not be tried for ever. */
  private static void forget(Handle handle, String key, String test) {
    handle.execute(
        "update error_test set telling = 'suppressed' where occurrence_key = ? and test = ?",
        key,
        test);
  }

  private static long untested(Handle handle, Waiting waiting) {
    return handle
        .createQuery(UNTESTED)
        .bind("group", waiting.groupId())
        .bind("since", waiting.toldAt())
        .mapTo(Long.class)
        .one();
  }
}
