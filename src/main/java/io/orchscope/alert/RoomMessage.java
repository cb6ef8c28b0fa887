package io.orchscope.alert;

import java.util.Optional;

/**
 * A message as it waits for its room; complete, so that another process can send it.
 *
 * @param markdown fewer bytes of UTF-8 than Webex refuses
 * @param card an adaptive card as JSON that says the same; none when there is nothing to click
 * @param file a table of all circuits
 * @param summary two lines for a terminal
 */
public record RoomMessage(
    String markdown, Optional<String> card, Optional<File> file, String summary) {

  /** What is attached. */
  public record File(String name, String text) {}

  static RoomMessage of(String markdown, String summary) {
    return new RoomMessage(markdown, Optional.empty(), Optional.empty(), summary);
  }

  RoomMessage withCard(Optional<String> made) {
    return new RoomMessage(markdown, made, file, summary);
  }

  RoomMessage withFile(File attached) {
    return new RoomMessage(markdown, card, Optional.of(attached), summary);
  }
}
