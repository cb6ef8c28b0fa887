package io.orchscope.ledger;

import io.orchscope.alert.GroupKey;
import io.orchscope.alert.OwedAlert;
import org.jdbi.v3.core.Handle;

/** Groups that were made by an older way of masking, and go on under another name. */
final class FormerGroup {

  private FormerGroup() {}

  /**
   * Gives a group its new name when an error of it is found for the first time since names are made
   * in another way: with its counts, its state, its thread and what is owed. Where there is one of
   * the new name already, the old one is left as it is.
   */
  static void takeOver(Handle handle, OwedAlert owed) {
    owed.former().forEach(former -> takeOver(handle, former.id(), owed.group()));
  }

  private static void takeOver(Handle handle, String former, GroupKey group) {
    int renamed =
        handle
            .createUpdate(
                "update failure_group set group_id = :id, fingerprint = :fingerprint"
                    + " where group_id = :former and not exists"
                    + " (select 1 from failure_group other where other.group_id = :id)")
            .bind("id", group.id())
            .bind("fingerprint", group.fingerprint().value())
            .bind("former", former)
            .execute();
    if (renamed == 1) {
      handle.execute("update occurrence set group_id = ? where group_id = ?", group.id(), former);
      handle.execute("update outbox set group_id = ? where group_id = ?", group.id(), former);
    }
  }
}
