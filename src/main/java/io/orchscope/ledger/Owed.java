package io.orchscope.ledger;

import io.orchscope.alert.Alert;
import io.orchscope.alert.AlertJson;
import io.orchscope.defect.FailureGroup;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * An alert that no message tells yet.
 *
 * @param sender W3C {@code traceparent} of the span that found it
 */
record Owed(Alert alert, String sender) {

  /** All of a group, the oldest first. */
  static List<Owed> of(Handle handle, String groupId) {
    return handle
        .createQuery(
            "select alert_body, sender from occurrence where group_id = :group"
                + " and alert = 'owed' order by owed_at, occurrence_key")
        .bind("group", groupId)
        .map((row, context) -> read(row.getString(1), row.getString(2)))
        .list()
        .stream()
        .flatMap(Optional::stream)
        .toList();
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

  private static Optional<Owed> read(String body, String sender) {
    return AlertJson.read(body).map(alert -> new Owed(alert, sender));
  }
}
