package io.orchscope.alert;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A message as it waits for its room; complete, so that another process can send it.
 *
 * @param markdown fewer bytes of UTF-8 than Webex refuses
 * @param card an adaptive card as JSON that says the same; none when there is nothing to click
 * @param file a table of all circuits, or a part of a report
 * @param summary two lines for a terminal
 */
public record RoomMessage(
    String markdown, Optional<String> card, Optional<File> file, String summary) {

  /**
   * What is attached.
   *
   * @param base64 what it holds, where that is no text
   */
  public record File(String name, String text, Optional<String> base64) {

    File(String name, String text) {
      this(name, text, Optional.empty());
    }

    /** Of any content. */
    public static File of(String name, byte[] bytes) {
      return new File(name, "", Optional.of(Base64.getEncoder().encodeToString(bytes)));
    }

    byte[] bytes() {
      return base64
          .map(Base64.getDecoder()::decode)
          .orElseGet(() -> text.getBytes(StandardCharsets.UTF_8));
    }
  }

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
