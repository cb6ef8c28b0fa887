package io.orchscope.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hc.client5.http.entity.mime.HttpMultipartMode;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;

/**
 * The body of {@code POST /v1/messages}: JSON, or a form where a file is attached. Source: webex.md
 * §1.
 */
public record WebexPost(byte[] body) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ContentType TEXT = ContentType.create("text/plain", StandardCharsets.UTF_8);
  private static final ContentType TABLE = ContentType.create("text/csv", StandardCharsets.UTF_8);

  private static final ContentType WORKBOOK =
      ContentType.create("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

  /** The body of a message. */
  public static WebexPost of(Delivery delivery) {
    RoomMessage message = delivery.message();
    return new WebexPost(
        message.file().isPresent()
            ? form(delivery, message.file().get())
            : json(delivery).getBytes(StandardCharsets.UTF_8));
  }

  /** Its media type. */
  public static String contentType(Delivery delivery) {
    return delivery.message().file().isPresent()
        ? "multipart/form-data; boundary=" + boundary(delivery)
        : "application/json";
  }

  private static String json(Delivery delivery) {
    ObjectNode body = JSON.createObjectNode();
    body.put("roomId", delivery.roomId());
    delivery.parentId().ifPresent(parent -> body.put("parentId", parent));
    body.put("markdown", delivery.message().markdown());
    delivery
        .message()
        .card()
        .ifPresent(
            card -> {
              ObjectNode attachment = body.putArray("attachments").addObject();
              attachment.put("contentType", "application/vnd.microsoft.card.adaptive");
              attachment.set("content", tree(card));
            });
    return body.toString();
  }

  private static byte[] form(Delivery delivery, RoomMessage.File file) {
    MultipartEntityBuilder form =
        MultipartEntityBuilder.create()
            .setMode(HttpMultipartMode.EXTENDED)
            .setBoundary(boundary(delivery))
            .addTextBody("roomId", delivery.roomId(), TEXT)
            .addTextBody("markdown", delivery.message().markdown(), TEXT);
    delivery.parentId().ifPresent(parent -> form.addTextBody("parentId", parent, TEXT));
    form.addBinaryBody("files", file.bytes(), type(file.name()), file.name());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (HttpEntity entity = form.build()) {
      entity.writeTo(bytes);
    } catch (IOException impossible) {
      throw new IllegalStateException("Memory takes everything.", impossible);
    }
    return bytes.toByteArray();
  }

  private static ContentType type(String name) {
    return name.endsWith(".png")
        ? ContentType.IMAGE_PNG
        : name.endsWith(".xlsx") ? WORKBOOK : TABLE;
  }

  /** The same for both questions about one message. */
  private static String boundary(Delivery delivery) {
    return "orchscope-" + delivery.key();
  }

  private static com.fasterxml.jackson.databind.JsonNode tree(String card) {
    try {
      return JSON.readTree(card);
    } catch (JsonProcessingException unreadable) {
      // Without the cause, which is an IOException and would pass for a fault of the network.
      throw new IllegalStateException(
          "A card in the outbox is not JSON: " + unreadable.getOriginalMessage());
    }
  }
}
