package io.orchscope.ledger;

import io.orchscope.alert.AlertJson;
import io.orchscope.alert.Draft;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Where a message goes besides what it says.
 *
 * @param groupId none when it is about many groups
 * @param parentKey of the message whose thread it belongs to
 * @param sender W3C {@code traceparent} of the span that it is sent for; may be empty
 * @param place among the messages that are planned at the same moment
 */
record Envelope(
    String roomId,
    Optional<String> groupId,
    Optional<String> parentKey,
    String sender,
    Instant now,
    int place) {

  /** Puts a message into the outbox and takes note of what it tells; answers its key. */
  String send(Handle handle, Draft draft) {
    String key = UUID.randomUUID().toString();
    handle
        .createUpdate(
            "insert into outbox (message_key, room_id, group_id, kind, parent_key, body, alerts,"
                + " sender, state, planned_at, place, not_before, attempts, owned_until) values"
                + " (:key, :room, :group, :kind, :parent, :body, :alerts, :sender, 'waiting',"
                + " :now, :place, 0, 0, 0)")
        .bind("key", key)
        .bind("room", roomId)
        .bind("group", groupId.orElse(null))
        .bind("kind", draft.kind().word())
        .bind("parent", parentKey.orElse(null))
        .bind("body", AlertJson.write(draft.message()))
        .bind("alerts", draft.told().size())
        .bind("sender", sender)
        .bind("now", now.toEpochMilli())
        .bind("place", place)
        .execute();
    if (!draft.told().isEmpty()) {
      PreparedBatch batch =
          handle.prepareBatch(
              "update occurrence set alert = 'planned', message_key = :message"
                  + " where occurrence_key = :key and alert = 'owed'");
      draft.told().forEach(told -> batch.bind("message", key).bind("key", told).add());
      batch.execute();
    }
    return key;
  }
}
