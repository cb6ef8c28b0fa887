package io.orchscope.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Webex's answer to a message, accepted or refused.
 *
 * <p>Errors: none; a part that is missing is empty, and so is every part of an answer that is not a
 * JSON object, such as the login page of a proxy. Source: webex.md §1.
 *
 * @param hasId whether the answer is a JSON object with an id, usable or not: only then did Webex
 *     accept the message
 * @param messageId id of the accepted message; none where it cannot be used
 * @param trackingId Webex's id of the request, for a support case
 * @param complaints why Webex refused the message, in Webex's words
 */
public record WebexReply(
    boolean hasId,
    Optional<String> messageId,
    Optional<String> trackingId,
    List<String> complaints) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PARENT =
      Pattern.compile("\\bparent(?:_?id)?\\b", Pattern.CASE_INSENSITIVE);
  private static final WebexReply NONE =
      new WebexReply(false, Optional.empty(), Optional.empty(), List.of());

  /** Reads the body of an answer, whatever its status was. */
  public static WebexReply of(byte[] body) {
    try {
      JsonNode answer = JSON.readTree(body);
      return answer == null || !answer.isObject() ? NONE : of(answer);
    } catch (IOException notJson) {
      return NONE;
    }
  }

  /** Reads the body of an answer as text. */
  public static WebexReply of(String body) {
    return of(body.getBytes(StandardCharsets.UTF_8));
  }

  private static WebexReply of(JsonNode answer) {
    JsonNode id = answer.path("id");
    boolean hasId =
        !id.isMissingNode() && !id.isNull() && !(id.isTextual() && id.asText().isEmpty());
    List<String> complaints = new ArrayList<>();
    text(answer.path("message")).ifPresent(complaints::add);
    answer
        .path("errors")
        .forEach(error -> text(error.path("description")).ifPresent(complaints::add));
    return new WebexReply(
        hasId,
        text(id).flatMap(WebexMessageId::of).map(WebexMessageId::value),
        text(answer.path("trackingId")).flatMap(WebexMessageId::of).map(WebexMessageId::value),
        List.copyOf(complaints));
  }

  /** Whether Webex refused a message because of the message whose thread it belongs to. */
  public boolean refusesParent(String parentId) {
    return complaints.stream()
        .anyMatch(complaint -> PARENT.matcher(complaint).find() || complaint.contains(parentId));
  }

  private static Optional<String> text(JsonNode node) {
    return Optional.of(node.asText()).filter(text -> node.isTextual() && !text.isBlank());
  }
}
