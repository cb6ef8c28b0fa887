package io.orchscope.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/**
 * What Webex answered to a message, be it accepted or refused.
 *
 * <p>Errors: none; a part that is missing, or an answer that is not JSON (a proxy's page), is
 * simply not there. Source: webex.md §1.
 *
 * @param messageId of the message that now stands in the room; a reply in its thread needs it
 * @param trackingId what Cisco's support asks for first
 * @param complaint why it was refused, in Webex's words
 */
public record WebexReply(
    Optional<String> messageId, Optional<String> trackingId, Optional<String> complaint) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads the body of an answer, whatever its status was. */
  public static WebexReply of(String body) {
    try {
      JsonNode answer = JSON.readTree(body);
      Optional<String> description = text(answer.path("errors").path(0).path("description"));
      return new WebexReply(
          text(answer.path("id")),
          text(answer.path("trackingId")),
          text(answer.path("message")).or(() -> description));
    } catch (JsonProcessingException notJson) {
      return new WebexReply(Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  private static Optional<String> text(JsonNode node) {
    return Optional.of(node.asText()).filter(text -> node.isTextual() && !text.isBlank());
  }
}
