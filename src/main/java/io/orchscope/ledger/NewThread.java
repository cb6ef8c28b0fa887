package io.orchscope.ledger;

import io.orchscope.alert.Delivery;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Replacement of the first message of a group that Webex does not know (any more): the next message
 * of the group is sent at the top of the room and becomes the first message of a new thread.
 *
 * <p>Each step is one transaction, so that a crash repeats at most the message that was on its way.
 */
final class NewThread {

  /** Reason of a first message whose id is not used any more. */
  static final String PARENT_LOST = "parent-lost";

  private NewThread() {}

  /**
   * Forgets the id of the lost message, and lets the refused one wait to be sent at once.
   *
   * @param owner who sent the refused message
   */
  static int after(
      Handle handle, Delivery refused, String owner, String explanation, long nowMillis) {
    handle
        .createUpdate(
            "update outbox set webex_id = null, reason = :reason, explanation = :explanation"
                + " where webex_id = :parent and message_key in"
                + " (select parent_key from outbox where message_key = :key union"
                + " select g.thread_key from failure_group g join outbox o"
                + " on o.group_id = g.group_id where o.message_key = :key)")
        .bind("reason", PARENT_LOST)
        .bind("explanation", explanation)
        .bind("parent", refused.parentId().orElse(""))
        .bind("key", refused.key())
        .execute();
    return handle.execute(
        "update outbox set owner = null, owned_until = ?, not_before = 0, reason = ?,"
            + " explanation = ? where message_key = ? and owner = ? and state = 'waiting'",
        nowMillis,
        PARENT_LOST,
        explanation,
        refused.key(),
        owner);
  }

  /**
   * Makes a message that was to hang in a thread, and was sent at the top of its room, the first of
   * a new thread: what waits for the old one follows, later messages and edits of the group too.
   */
  static void openWith(Handle handle, Delivery sent) {
    if (sent.isEdit() || sent.parentId().isPresent()) {
      return;
    }
    Optional<String> lost =
        handle
            .createQuery(
                "select parent_key from outbox where message_key = :key"
                    + " and parent_key is not null")
            .bind("key", sent.key())
            .mapTo(String.class)
            .findOne();
    if (lost.isEmpty()) {
      return;
    }
    String old = lost.get();
    handle.execute("update failure_group set thread_key = ? where thread_key = ?", sent.key(), old);
    // An edit holds the words of the old message; the next one holds those of the new.
    handle.execute(
        "update outbox set state = 'dropped', owner = null, owned_until = 0, reason = ?"
            + " where parent_key = ? and kind = 'edit' and state = 'waiting'",
        PARENT_LOST,
        old);
    handle.execute(
        "update outbox set parent_key = ? where parent_key = ? and message_key <> ?"
            + " and state in ('waiting', 'dead')",
        sent.key(),
        old,
        sent.key());
    handle.execute(
        "update outbox set parent_key = null, kind = 'root' where message_key = ?", sent.key());
  }
}
