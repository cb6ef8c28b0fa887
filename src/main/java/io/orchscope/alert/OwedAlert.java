package io.orchscope.alert;

import java.util.List;
import java.util.Optional;

/**
 * An alert, the group it belongs to, and the room that it is for.
 *
 * @param former the groups that it would have belonged to by older ways of masking, the newest
 *     first; what was known and told of one goes on under the new name
 * @param suppression why the room does not want it, whatever the ledger knows
 * @param sender W3C {@code traceparent} of the span that found it; empty where nothing is traced
 */
public record OwedAlert(
    Alert alert,
    GroupKey group,
    List<GroupKey> former,
    String roomId,
    Optional<Suppression> suppression,
    String sender) {

  /** The same of a group that has no older name. */
  public OwedAlert(
      Alert alert,
      GroupKey group,
      String roomId,
      Optional<Suppression> suppression,
      String sender) {
    this(alert, group, List.of(), roomId, suppression, sender);
  }
}
