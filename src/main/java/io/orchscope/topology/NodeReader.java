package io.orchscope.topology;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchscope.circuit.Tid;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads one device out of a topology, by the names of its properties and never by their places,
 * which move: {@code [{"name":"hostName","value":"ABCDTXAB1CW"},…]}.
 *
 * <p>Shape: Beorn writes {@code hostName} and {@code deviceRole}, MDSO's copy {@code Host Name} and
 * {@code Role}. Errors: a node that has neither a host name nor a uuid is no device. Source:
 * domain.md §8.1.
 */
final class NodeReader {

  /** Words that programs write for nothing. */
  private static final Set<String> NOTHING = Set.of("NONE", "NULL");

  private static final String WITHOUT_A_FIXED_ADDRESS = "DHCP";

  private final Map<String, String> properties;

  private NodeReader(Map<String, String> properties) {
    this.properties = properties;
  }

  static Optional<TopologyDevice> read(JsonNode node, String leg, int spoke) {
    NodeReader reader = new NodeReader(properties(node.path("name")));
    String name = reader.named("hostname").orElseGet(() -> text(node.path("uuid")));
    return Tid.named(name)
        .map(
            tid ->
                new TopologyDevice(
                    tid.value(),
                    reader.named("fqdn").map(NodeReader::upper),
                    reader.named("vendor").map(NodeReader::upper),
                    reader
                        .named("devicerole")
                        .or(() -> reader.named("role"))
                        .map(NodeReader::upper),
                    reader.named("managementip").filter(NodeReader::isFixed),
                    reader.named("equipmentstatus").map(NodeReader::upper),
                    leg,
                    spoke));
  }

  /** The text of a node; nothing for objects, lists, null and the words that mean nothing. */
  static String text(JsonNode node) {
    String text = node.isValueNode() && !node.isNull() ? node.asText("").strip() : "";
    return NOTHING.contains(upper(text)) ? "" : text;
  }

  private static Map<String, String> properties(JsonNode names) {
    Map<String, String> properties = new HashMap<>();
    for (JsonNode each : names) {
      String value = text(each.path("value"));
      if (!value.isEmpty()) {
        properties.putIfAbsent(folded(text(each.path("name"))), value);
      }
    }
    return properties;
  }

  private Optional<String> named(String name) {
    return Optional.ofNullable(properties.get(name));
  }

  private static boolean isFixed(String address) {
    return !upper(address).equals(WITHOUT_A_FIXED_ADDRESS);
  }

  /** Both spellings of a name are one. */
  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT).replace(" ", "");
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }
}
