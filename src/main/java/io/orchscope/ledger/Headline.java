package io.orchscope.ledger;

import io.orchscope.alert.AlertJson;
import io.orchscope.alert.Draft;
import io.orchscope.alert.RoomMessage;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The first message about a group, put anew when there is more to say, within what Webex allows.
 *
 * <p>Shape: an edit waits like a message; one that still waits is replaced by the next. Source:
 * webex.md §1, ten edits of a message at most, none of one with a card or a file.
 */
record Headline(Words words, Instant now) {

  /** One fewer than Webex allows: an edit whose answer was lost may have counted. */
  private static final int MOST_EDITS = 9;

  /** Kept for the last word. */
  private static final int EDITS_WHILE_OPEN = MOST_EDITS - 1;

  /** After the replies that are planned at the same moment. */
  private static final int LAST = 100;

  /** Plans an edit where there can be one; answers whether there is. */
  boolean putAnew(Handle handle, GroupRow group) {
    Optional<String> thread = group.threadKey();
    if (thread.isEmpty()) {
      return false;
    }
    Optional<RoomMessage> first = editable(handle, thread.get());
    Optional<Draft> draft =
        first.flatMap(message -> words.messages().standing(message, words.facts(group, now)));
    boolean open = group.standing().at(now).isOpen();
    if (draft.isEmpty() || edits(handle, thread.get()) >= (open ? EDITS_WHILE_OPEN : MOST_EDITS)) {
      return false;
    }
    int replaced =
        handle.execute(
            "delete from outbox where parent_key = ? and kind = 'edit' and state = 'waiting'"
                + " and owner is null",
            thread.get());
    new Envelope(group.roomId(), Optional.of(group.id()), thread, "", now, LAST)
        .send(handle, draft.get());
    return replaced == 0;
  }

  /** As it was written first; none when Webex has not taken it, or it stands in no room. */
  private static Optional<RoomMessage> editable(Handle handle, String key) {
    return handle
        .createQuery(
            "select body from outbox where message_key = :key and state = 'sent'"
                + " and webex_id is not null")
        .bind("key", key)
        .mapTo(String.class)
        .findOne()
        .map(AlertJson::readMessage);
  }

  /** Those that were sent, tried in vain, or are under way. */
  private static int edits(Handle handle, String key) {
    return handle
        .createQuery(
            "select count(*) from outbox where parent_key = :key and kind = 'edit'"
                + " and (state <> 'waiting' or owner is not null)")
        .bind("key", key)
        .mapTo(Integer.class)
        .one();
  }
}
