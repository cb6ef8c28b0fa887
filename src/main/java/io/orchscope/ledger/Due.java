package io.orchscope.ledger;

import io.orchscope.defect.FailureGroup;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * A group with something to say.
 *
 * @param at when it was to be said, milliseconds since 1970; -1 when nobody has said when
 */
record Due(String groupId, String roomId, long at) {

  /** The group, unless another process has taken it in the meantime. */
  Optional<GroupRow> take(Handle handle) {
    int taken =
        handle.execute(
            "update failure_group set due_at = null where group_id = ?"
                + " and coalesce(due_at, -1) = ?",
            groupId,
            at);
    return taken == 0 ? Optional.empty() : FailureNotes.find(handle, groupId);
  }

  void postpone(Handle handle, long later) {
    handle.execute(
        "update failure_group set due_at = ? where group_id = ? and coalesce(due_at, -1) = ?",
        later,
        groupId,
        at);
  }

  /** Whether people have said that they need not be told. */
  static boolean isSilent(FailureGroup standing) {
    return standing.state() == FailureGroup.State.ACKNOWLEDGED
        || standing.state() == FailureGroup.State.MUTED;
  }
}
