package io.orchscope.alert;

import java.util.List;

/**
 * A message to be, and what it tells.
 *
 * @param kind what the message is to its group
 * @param told the keys of the occurrences that are told by it
 */
public record Draft(Kind kind, RoomMessage message, List<String> told) {

  /** What a message is to its group. */
  public enum Kind {
    /** The first about its group, at the top of the room; the others hang below it. */
    ROOT,
    /** In the thread of the first. */
    REPLY,
    /** The first, put anew; it tells nothing that the thread does not tell. */
    EDIT,
    /** About many groups, because the room is told too much. */
    DIGEST;

    /** The word in the ledger. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
