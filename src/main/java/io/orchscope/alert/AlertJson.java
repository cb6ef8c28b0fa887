package io.orchscope.alert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.Optional;

/** Alerts and messages as text that outlives the process. */
public final class AlertJson {

  /** Of a text; what we have written we can read, however long MDSO's words are. */
  private static final int LONGEST = 200_000_000;

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(LONGEST).build())
                  .build())
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .build();

  public static String write(Alert alert) {
    return text(alert);
  }

  public static String write(RoomMessage message) {
    return text(message);
  }

  /** The message. Errors: {@link IllegalStateException} when the text is none. */
  public static RoomMessage readMessage(String text) {
    try {
      RoomMessage message = JSON.readValue(text, RoomMessage.class);
      if (message == null) {
        throw new IllegalStateException("A message in the outbox is empty.");
      }
      return message;
    } catch (JsonProcessingException other) {
      throw new IllegalStateException("A message in the outbox cannot be read.", other);
    }
  }

  /** A message's two lines, without reading the file that it may have; none of another text. */
  public static Optional<String> summary(String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      parser.nextToken();
      for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
        parser.nextToken();
        if (key.equals("summary")) {
          return Optional.of(parser.getText());
        }
        parser.skipChildren();
      }
      return Optional.empty();
    } catch (IOException other) {
      return Optional.empty();
    }
  }

  private static String text(Object made) {
    try {
      return JSON.writeValueAsString(made);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("It is made of texts and times.", impossible);
    }
  }

  /** The alert; none when the text is not one, as of an older version. */
  public static Optional<Alert> read(String text) {
    try {
      return Optional.ofNullable(JSON.readValue(text, Alert.class));
    } catch (JsonProcessingException other) {
      return Optional.empty();
    }
  }

  private AlertJson() {}
}
