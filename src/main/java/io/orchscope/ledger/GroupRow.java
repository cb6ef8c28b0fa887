package io.orchscope.ledger;

import io.orchscope.alert.GroupFacts;
import io.orchscope.defect.FailureGroup;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * A failure group as the ledger has it.
 *
 * @param id see {@link io.orchscope.alert.GroupKey#id}
 * @param example the error's words, of the first occurrence
 * @param failures found in all, told or not
 * @param dueAt when its room is to be told next
 * @param threadKey of the message that later ones hang from
 */
public record GroupRow(
    String id,
    String environment,
    String productType,
    String defectCode,
    String fingerprint,
    String title,
    String severity,
    String example,
    FailureGroup standing,
    Instant firstSeen,
    Instant lastSeen,
    long failures,
    long circuits,
    String roomId,
    Optional<Instant> dueAt,
    Optional<String> threadKey,
    Optional<Instant> threadAt,
    Optional<Instant> toldAt) {

  static GroupRow of(ResultSet row) throws SQLException {
    return new GroupRow(
        row.getString("group_id"),
        row.getString("environment"),
        row.getString("product_type"),
        row.getString("defect_code"),
        row.getString("fingerprint"),
        row.getString("title"),
        row.getString("severity"),
        row.getString("example"),
        new FailureGroup(
            FailureGroup.State.of(row.getString("state")),
            Instant.ofEpochMilli(row.getLong("state_since")),
            row.getString("owner"),
            row.getString("note"),
            moment(row, "until_at"),
            moment(row, "resolved_at")),
        Instant.ofEpochMilli(row.getLong("first_seen")),
        Instant.ofEpochMilli(row.getLong("last_seen")),
        row.getLong("failures"),
        row.getLong("circuits"),
        row.getString("room_id"),
        moment(row, "due_at"),
        Optional.ofNullable(row.getString("thread_key")),
        moment(row, "thread_at"),
        moment(row, "told_at"));
  }

  /** What a room is told of it. */
  GroupFacts facts(String roomTitle, Instant now) {
    return new GroupFacts(
        id,
        environment,
        productType,
        defectCode,
        title,
        standing.at(now).state(),
        firstSeen,
        lastSeen,
        failures,
        circuits,
        roomTitle);
  }

  static Optional<Instant> moment(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }
}
