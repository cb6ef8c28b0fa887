package io.orchscope.ledger;

import io.orchscope.alert.Alert;
import io.orchscope.alert.AlertJson;
import io.orchscope.defect.FailureGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;

/**
 * An alert that no message tells yet.
 *
 * @param sender W3C {@code traceparent} of the span that found it
 */
record Owed(Alert alert, String sender) {

  /** How much one message tells; a table with more is of no use, and has to fit into memory. */
  static final class Limit {

    static final int MOST = 2_000;
    private static final long MOST_CHARACTERS = 4_000_000;

    private int alerts;
    private long characters;

    boolean isReached() {
      return alerts >= MOST || characters >= MOST_CHARACTERS;
    }

    private void add(String body) {
      alerts++;
      characters += body.length();
    }
  }

  /** What one message tells of a group, and whether that is all of it. */
  record Batch(List<Owed> owed, boolean isAll) {}

  private record Row(String key, String body, String sender) {}

  /** Of a group, the oldest first, until the limit is reached. */
  static Batch of(Handle handle, String groupId, Limit limit) {
    List<Owed> owed = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    boolean all = true;
    try (ResultIterator<Row> rows = rows(handle, groupId)) {
      while (rows.hasNext()) {
        if (limit.isReached()) {
          all = false;
          break;
        }
        Row row = rows.next();
        limit.add(row.body());
        AlertJson.read(row.body())
            .ifPresentOrElse(
                alert -> owed.add(new Owed(alert, row.sender())), () -> unreadable.add(row.key()));
      }
    }
    // Nobody can tell them, and they must not be tried for ever.
    unreadable.forEach(
        key ->
            handle.execute(
                "update occurrence set alert = 'dead', alert_reason = 'unreadable'"
                    + " where occurrence_key = ?",
                key));
    return new Batch(List.copyOf(owed), all);
  }

  private static ResultIterator<Row> rows(Handle handle, String groupId) {
    return handle
        .createQuery(
            "select occurrence_key, alert_body, sender from occurrence where group_id = :group"
                + " and alert = 'owed' order by owed_at, occurrence_key limit :most")
        .bind("group", groupId)
        .bind("most", Limit.MOST + 1)
        .map((row, context) -> new Row(row.getString(1), row.getString(2), row.getString(3)))
        .iterator();
  }

  /** Somebody has said in the meantime that nobody need be told. */
  static Plan silence(Handle handle, String groupId, FailureGroup standing) {
    String reason = standing.state().word();
    long silenced =
        handle.execute(
            "update occurrence set alert = 'suppressed', alert_reason = ?, alert_body = null"
                + " where group_id = ? and alert = 'owed'",
            reason,
            groupId);
    return new Plan(0, silenced == 0 ? Map.of() : Map.of(reason, silenced));
  }
}
