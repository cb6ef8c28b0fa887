package io.orchscope.ledger;

import io.orchscope.alert.AlertJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Messages that wait for their rooms, were sent, or were given up. */
public final class RoomTraffic {

  private static final String MESSAGES =
      "select m.*, g.title, g.defect_code from outbox m left join failure_group g on g.group_id ="
          + " m.group_id where m.state = :state order by m.planned_at desc, m.place desc limit"
          + " :most offset :from";

  private final Ledger ledger;

  /**
   * A message.
   *
   * @param defectCode of the group, and its title; empty for one that is about none
   * @param summary of one that is about no group; empty for the others
   * @param alerts how many failures it tells
   * @param trackingId by which Webex finds it in its log
   */
  public record Message(
      String key,
      String roomId,
      Optional<String> groupId,
      String defectCode,
      String groupTitle,
      String summary,
      String kind,
      long alerts,
      Instant plannedAt,
      Optional<Instant> sentAt,
      long attempts,
      Optional<String> trackingId,
      Optional<String> reason,
      Optional<String> explanation) {}

  public RoomTraffic(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * Messages in a state, the newest first, from a place on.
   *
   * @param state waiting, sent, dead or dropped
   */
  public List<Message> list(String state, int from, int most) {
    if (!ledger.exists()) {
      return List.of();
    }
    return ledger.look(
        handle ->
            handle
                .createQuery(MESSAGES)
                .bind("state", state)
                .bind("from", from)
                .bind("most", most)
                .map(
                    (row, context) ->
                        new Message(
                            row.getString("message_key"),
                            row.getString("room_id"),
                            Optional.ofNullable(row.getString("group_id")),
                            Optional.ofNullable(row.getString("defect_code")).orElse(""),
                            Optional.ofNullable(row.getString("title")).orElse(""),
                            summary(row),
                            row.getString("kind"),
                            row.getLong("alerts"),
                            Instant.ofEpochMilli(row.getLong("planned_at")),
                            GroupRow.moment(row, "sent_at"),
                            row.getLong("attempts"),
                            Optional.ofNullable(row.getString("tracking_id")),
                            Optional.ofNullable(row.getString("reason")),
                            Optional.ofNullable(row.getString("explanation"))))
                .list());
  }

  /** A group's message has its title; reading what else it says would cost more than it tells. */
  private static String summary(ResultSet row) throws SQLException {
    return row.getString("group_id") == null
        ? AlertJson.summary(row.getString("body")).orElse("")
        : "";
  }
}
