package io.orchscope.ledger;

import io.orchscope.alert.AlertTimes;
import io.orchscope.alert.GroupFacts;
import io.orchscope.alert.GroupMessages;
import java.time.Instant;
import java.util.function.Function;

/**
 * When rooms are told, and how it is put.
 *
 * @param roomTitles from a room's id to what the operator calls it
 */
record Words(AlertTimes times, GroupMessages messages, Function<String, String> roomTitles) {

  GroupFacts facts(GroupRow group, Instant now) {
    return group.facts(roomTitles.apply(group.roomId()), now);
  }
}
