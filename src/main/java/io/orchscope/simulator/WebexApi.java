package io.orchscope.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Webex's messages. Every room exists whose id starts with {@code sim-room-}. */
final class WebexApi {

  /** The longest text, markdown or html, in bytes. */
  static final int LONGEST = 7_439;

  private static final int MOST_EDITS = 10;
  private static final List<String> DESTINATIONS = List.of("roomId", "toPersonId", "toPersonEmail");

  private final Clock clock;
  private final Credentials credentials;
  private final Counters counters;
  private final Supplier<Faults> faults;
  private final Map<String, PostedMessage> messages = new LinkedHashMap<>();
  private final Set<String> deleted = new HashSet<>();
  private final List<WebexFault> scripted = new ArrayList<>();

  WebexApi(Clock clock, Credentials credentials, Counters counters, Supplier<Faults> faults) {
    this.clock = clock;
    this.credentials = credentials;
    this.counters = counters;
    this.faults = faults;
  }

  /** What reached the rooms, oldest first. */
  synchronized List<PostedMessage> messages() {
    return List.copyOf(messages.values());
  }

  /** The next requests of its kind get this reply. */
  synchronized void fault(WebexFault fault) {
    scripted.add(fault);
  }

  /** Deletes a message with its thread. */
  synchronized void delete(String id) {
    deleted.add(id);
  }

  synchronized Reply answer(Call call) {
    counters.count("webex.calls");
    Reply reply = decide(call);
    return reply.header("trackingId", tracking());
  }

  private Reply decide(Call call) {
    Optional<List<String>> parts = call.behind("/v1/messages");
    if (parts.isEmpty() || parts.get().size() > 1) {
      return error(404, "The requested resource could not be found.");
    }
    if (!call.header("authorization").equals("Bearer " + credentials.webexBotToken())) {
      return error(
          401,
          "The request requires a valid access token set in the Authorization request header.");
    }
    int every = faults.get().webexTooManyEvery();
    if (every > 0 && counters.of("webex.calls") % every == 0) {
      return error(429, "Too many requests.")
          .header("Retry-After", Integer.toString(faults.get().webexRetryAfterSeconds()))
          .because("webex-too-many");
    }
    boolean posts = parts.get().isEmpty();
    if (!call.method().equals(posts ? "POST" : "PUT")) {
      return error(405, "The request method is not supported here.");
    }
    Optional<JsonNode> body = WebexForm.read(call);
    if (body.isEmpty()) {
      return error(400, "POST failed: the body could not be read.");
    }
    Optional<WebexFault> fault = fault(!posts, !body.get().path("parentId").asText().isEmpty());
    if (fault.filter(each -> !each.takes()).isPresent()) {
      return fault.get().reply();
    }
    Reply reply = posts ? post(call, body.get()) : edit(parts.get().get(0), body.get());
    return fault.map(WebexFault::reply).orElse(reply);
  }

  private Optional<WebexFault> fault(boolean edits, boolean hasParent) {
    for (int i = 0; i < scripted.size(); i++) {
      WebexFault fault = scripted.get(i);
      if (fault.isFor(edits, hasParent)) {
        if (fault.times() > 1) {
          scripted.set(i, fault.times(fault.times() - 1));
        } else {
          scripted.remove(i);
        }
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }

  private Reply post(Call call, JsonNode body) {
    List<String> destinations =
        DESTINATIONS.stream().filter(name -> !body.path(name).asText().isEmpty()).toList();
    if (destinations.size() != 1) {
      return error(
          400,
          "Message destination could not be determined. Provide only one destination in the roomId,"
              + " toPersonEmail, or toPersonId field");
    }
    String destination = body.path(destinations.get(0)).asText();
    Optional<Reply> refused = refusal(body, destinations.get(0), destination);
    if (refused.isPresent()) {
      return refused.get();
    }
    String name = "ciscospark://us/MESSAGE/sim-" + (messages.size() + 1);
    String id = Base64.getUrlEncoder().encodeToString(name.getBytes(StandardCharsets.US_ASCII));
    List<String> files = new ArrayList<>();
    body.path("files").forEach(file -> files.add(file.asText()));
    PostedMessage message =
        new PostedMessage(
            id,
            destination,
            Optional.of(body.path("parentId").asText()).filter(parent -> !parent.isEmpty()),
            body.path("markdown").asText(),
            body.path("text").asText(),
            !body.path("attachments").isEmpty(),
            List.copyOf(files),
            clock.instant(),
            0,
            call.text());
    messages.put(id, message);
    counters.count("webex.messages");
    return Reply.json(200, written(message));
  }

  private Optional<Reply> refusal(JsonNode body, String field, String destination) {
    int told = faults.get().webexStatus().getOrDefault(destination, 200);
    if (told != 200) {
      return Optional.of(error(told, "Refused as it was asked for.").because("webex-status"));
    }
    if (field.equals("roomId") && !destination.startsWith("sim-room-")) {
      return Optional.of(error(404, "Could not find a room with provided ID."));
    }
    if (isTooLong(body)) {
      return Optional.of(error(400, "Text is longer than " + LONGEST + " bytes."));
    }
    if (body.path("files").size() > 1 || body.path("attachments").size() > 1) {
      return Optional.of(error(400, "Only one file and one card is allowed per message."));
    }
    boolean nothing =
        Stream.of("text", "markdown", "html", "files", "attachments")
            .map(body::path)
            .allMatch(node -> node.isValueNode() ? node.asText().isEmpty() : node.isEmpty());
    if (nothing) {
      return Optional.of(error(400, "Message cannot be empty."));
    }
    String parent = body.path("parentId").asText();
    if (deleted.contains(parent)) {
      return Optional.of(error(404, "Could not find the parent message with provided parentId."));
    }
    boolean threaded =
        parent.isEmpty()
            || Optional.ofNullable(messages.get(parent))
                .filter(root -> root.roomId().equals(destination) && root.parentId().isEmpty())
                .isPresent();
    return threaded ? Optional.empty() : Optional.of(error(400, "Invalid parent message."));
  }

  private Reply edit(String id, JsonNode body) {
    PostedMessage message = messages.get(id);
    if (message == null || deleted.contains(id)) {
      return error(404, "Could not find a message with provided ID.");
    }
    if (!body.path("roomId").asText().equals(message.roomId())) {
      return error(400, "roomId is not that of the message.");
    }
    if (message.card() || !message.files().isEmpty()) {
      return error(400, "Messages with files or cards cannot be edited.");
    }
    if (message.edits() >= MOST_EDITS) {
      return error(400, "The message has been edited " + MOST_EDITS + " times.");
    }
    if (isTooLong(body)) {
      return error(400, "Text is longer than " + LONGEST + " bytes.");
    }
    PostedMessage edited =
        message.edited(body.path("markdown").asText(), body.path("text").asText());
    messages.put(id, edited);
    counters.count("webex.edits");
    return Reply.json(200, written(edited));
  }

  private static boolean isTooLong(JsonNode body) {
    return Stream.of("text", "markdown", "html")
        .map(name -> body.path(name).asText())
        .anyMatch(text -> text.getBytes(StandardCharsets.UTF_8).length > LONGEST);
  }

  private ObjectNode written(PostedMessage message) {
    ObjectNode body = Wire.object().put("id", message.id()).put("roomId", message.roomId());
    body.put("roomType", "group").put("text", message.text());
    body.put("markdown", message.markdown()).put("personEmail", "orchscope@webex.bot");
    message.parentId().ifPresent(parent -> body.put("parentId", parent));
    return body.put("created", Wire.millis(message.created()));
  }

  private Reply error(int status, String message) {
    ObjectNode body = Wire.object().put("message", message);
    body.putArray("errors").addObject().put("description", message);
    return Reply.json(status, body.put("trackingId", tracking()));
  }

  private String tracking() {
    return String.format(Locale.ROOT, "ROUTER_SIM-%08X", counters.of("webex.calls"));
  }
}
