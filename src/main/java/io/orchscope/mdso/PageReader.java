package io.orchscope.mdso;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchscope.circuit.Product;
import io.orchscope.circuit.Resource;
import io.orchscope.circuit.ResourceId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads a page item by item, so that a page is never held as one tree.
 *
 * <p>Shape: {@code {"items":[…],"total":n,"nextPageToken":"…"}} in any order. Errors: {@link
 * GarbledReplyException} when it is not JSON, ends too early or has no {@code items}. Source:
 * domain.md §1.2.
 */
final class PageReader {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The page; {@code listedAt} stands in for times that cannot be read. */
  static Page read(Product product, Instant listedAt, byte[] reply) {
    ResourceReader reader = new ResourceReader(product, listedAt);
    List<Resource> resources = new ArrayList<>();
    Map<ResourceId, Instant> latestChange = new HashMap<>();
    int size = -1;
    OptionalLong total = OptionalLong.empty();
    Optional<String> next = Optional.empty();
    try (JsonParser parser = JSON.createParser(reply)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new GarbledReplyException("MDSO's reply to a list request is not a JSON object.");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        JsonToken value = parser.nextToken();
        if (field.equals("items") && value == JsonToken.START_ARRAY) {
          size = 0;
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            JsonNode item = JSON.readTree(parser);
            size++;
            reader
                .read(item)
                .ifPresent(
                    listed -> {
                      resources.add(listed.resource());
                      latestChange.merge(
                          listed.resource().id(),
                          listed.latestChange(),
                          (one, again) -> one.isAfter(again) ? one : again);
                    });
          }
        } else if (field.equals("total") && value == JsonToken.VALUE_NUMBER_INT) {
          total = OptionalLong.of(parser.getLongValue());
        } else if (field.equals("nextPageToken") && value == JsonToken.VALUE_STRING) {
          next = Optional.of(parser.getText()).filter(token -> !token.isBlank());
        } else {
          parser.skipChildren();
        }
      }
    } catch (IOException malformed) {
      throw new GarbledReplyException(
          "MDSO's reply to a list request is not JSON or was cut: bytes=" + reply.length + ".");
    }
    if (size < 0) {
      throw new GarbledReplyException("MDSO's reply to a list request has no items.");
    }
    return new Page(resources, latestChange, size, total, next);
  }

  private PageReader() {}
}
