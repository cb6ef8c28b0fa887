package io.orchscope.ledger;

import java.time.Instant;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * What a circuit has left in rows that are about others too.
 *
 * @param circuit whose errors are gone already
 */
record CircuitTraces(Handle handle, String circuit, Instant now) {

  /** A group of which nothing is left goes with its messages; another loses its example. */
  void removeFromGroup(String group, Map<String, Long> rows) {
    long gone =
        handle
            .createUpdate(
                "delete from failure_group where group_id = :group and not (state in"
                    + " ('acknowledged', 'muted') and coalesce(until_at, :now + 1) > :now)"
                    + " and not exists (select 1 from occurrence o where o.group_id = :group)")
            .bind("group", group)
            .bind("now", now.toEpochMilli())
            .execute();
    CircuitPurge.count(rows, Sweep.GROUPS, gone);
    if (gone > 0) {
      CircuitPurge.count(
          rows,
          Sweep.MESSAGES,
          handle.execute(
              "delete from outbox where group_id = ? and state in ('sent', 'dropped')", group));
      return;
    }
    FailureNotes.find(handle, group)
        .filter(row -> row.example().contains(circuit))
        .ifPresent(
            row ->
                handle.execute("update failure_group set example = '' where group_id = ?", group));
  }

  /** A message that is about nothing else goes with its dead letter; another loses its text. */
  void removeFromMessage(String message, Map<String, Long> rows) {
    boolean isNeeded =
        handle
            .createQuery(
                "select 1 from occurrence where message_key = :key union all select 1 from"
                    + " error_test where message_key = :key union all select 1 from failure_group"
                    + " where thread_key = :key union all select 1 from outbox where parent_key ="
                    + " :key and state = 'waiting' limit 1")
            .bind("key", message)
            .mapTo(Integer.class)
            .findFirst()
            .isPresent();
    CircuitPurge.count(
        rows,
        Sweep.LETTERS,
        handle.execute("delete from dead_letter where letter_key = ?", "alert/" + message));
    if (isNeeded) {
      handle.execute(
          "update outbox set body = '', explanation = null, state = case when state = 'dead'"
              + " then 'dropped' else state end where message_key = ? and state <> 'waiting'",
          message);
    } else {
      CircuitPurge.count(
          rows,
          Sweep.MESSAGES,
          handle.execute(
              "delete from outbox where message_key = ? and state <> 'waiting'", message));
    }
  }
}
