package io.orchscope.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A message that reached the simulated Webex, as it stands after its edits.
 *
 * @param roomId the room, or the person it was sent to
 * @param parentId the message under whose thread it stands
 * @param card whether it carries an adaptive card
 * @param files names of its files; at most one
 * @param edits how often it was changed
 * @param body of the request that posted it, as it was sent
 */
public record PostedMessage(
    String id,
    String roomId,
    Optional<String> parentId,
    String markdown,
    String text,
    boolean card,
    List<String> files,
    Instant created,
    int edits,
    String body) {

  PostedMessage edited(String newMarkdown, String newText) {
    return new PostedMessage(
        id, roomId, parentId, newMarkdown, newText, card, files, created, edits + 1, body);
  }
}
