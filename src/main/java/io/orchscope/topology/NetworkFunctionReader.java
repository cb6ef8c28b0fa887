package io.orchscope.topology;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchscope.circuit.ServerTime;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads network functions out of a list reply of the Market.
 *
 * <p>Errors: never throws; a reply that is no list says why, an item that is no network function is
 * passed over, a field of the wrong type is empty. Source: domain.md §1.2, §1.3 and §2.
 */
final class NetworkFunctionReader {

  /**
   * One of them.
   *
   * @param createdAt 1970 where MDSO does not say
   */
  record Found(NetworkFunction function, Instant createdAt) {}

  /**
   * A page of them.
   *
   * @param announcesMore whether another page would follow
   * @param garbled why it is no list: none of MDSO's text
   */
  record Page(List<Found> found, boolean announcesMore, Optional<String> garbled) {

    static Page unreadable(String why) {
      return new Page(List.of(), false, Optional.of(why));
    }
  }

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final String TYPE_ENDS_WITH = ".NetworkFunction";

  private NetworkFunctionReader() {}

  static Page read(byte[] reply) {
    JsonNode root;
    try {
      root = JSON.readTree(reply);
    } catch (IOException malformed) {
      return Page.unreadable("the reply is not JSON");
    }
    JsonNode items = root.path("items");
    if (!items.isArray()) {
      return Page.unreadable("the reply is no list");
    }
    List<Found> found = new ArrayList<>();
    items.forEach(item -> read(item).ifPresent(found::add));
    boolean announcesMore =
        root.path("total").asLong(0) > items.size() || !text(root.path("nextPageToken")).isEmpty();
    return new Page(List.copyOf(found), announcesMore, Optional.empty());
  }

  private static Optional<Found> read(JsonNode item) {
    String id = text(item.path("id"));
    String type = text(item.path("resourceTypeId"));
    if (id.isEmpty() || !(type.isEmpty() || type.endsWith(TYPE_ENDS_WITH))) {
      return Optional.empty();
    }
    JsonNode properties = item.path("properties");
    return Optional.of(
        new Found(
            new NetworkFunction(
                id,
                text(item.path("label")),
                type,
                text(properties.path("ipAddress")),
                text(item.path("providerResourceId")),
                text(properties.path("communicationState")),
                text(item.path("orchState"))),
            instant(text(item.path("createdAt")))));
  }

  private static String text(JsonNode node) {
    return node.isValueNode() && !node.isNull() ? node.asText("").strip() : "";
  }

  private static Instant instant(String text) {
    return ServerTime.read(text).map(ServerTime::instant).orElse(Instant.EPOCH);
  }
}
