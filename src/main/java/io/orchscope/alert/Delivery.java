package io.orchscope.alert;

import java.time.Instant;
import java.util.Optional;

/**
 * A message whose time has come, lent to one process.
 *
 * @param key of the message in the outbox
 * @param parentId Webex's id of the message whose thread it belongs to
 * @param editedId Webex's id of the message that it replaces
 * @param alerts how many failures it tells
 * @param defectCode of its group; empty for a digest
 * @param sender W3C {@code traceparent} of the span that found the first of them
 * @param attempts made so far, this one included
 */
public record Delivery(
    String key,
    String roomId,
    Optional<String> parentId,
    Optional<String> editedId,
    RoomMessage message,
    long alerts,
    String defectCode,
    String sender,
    long attempts,
    Instant plannedAt) {

  /** Whether it puts a message anew that the room has already. */
  public boolean isEdit() {
    return editedId.isPresent();
  }

  /**
   * The path of the message below the address of all messages; empty for a new message.
   *
   * <p>Errors: an {@link IllegalStateException} when the id of the edited message cannot be used.
   */
  public String path() {
    return editedId
        .map(
            id ->
                WebexMessageId.of(id)
                    .orElseThrow(
                        () -> new IllegalStateException("The id of a message cannot be used.")))
        .map(id -> "/" + id.pathSegment())
        .orElse("");
  }
}
