package io.orchscope.topology;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what Beorn answers when it is asked which devices carry a circuit.
 *
 * <p>Shape: one circuit, or one for each leg under {@code PRIMARY} and {@code SECONDARY}; a circuit
 * has spokes, a spoke has nodes. A device that stands in several of them is listed where it stands
 * first, with what only the others say of it. Errors: never throws; what cannot be read is told in
 * the topology's trouble. Source: domain.md §8.1.
 */
public final class TopologyReader {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final Set<String> LEGS = Set.of("PRIMARY", "SECONDARY");
  private static final int FIRST_BAD_STATUS = 400;
  private static final int LONGEST_MESSAGE = 500;

  private final Map<String, TopologyDevice> devices = new LinkedHashMap<>();
  private final Set<String> troubles = new LinkedHashSet<>();
  private String serviceType = "";

  private TopologyReader() {}

  /** What an answer says, whatever its status is: Beorn also explains itself with a 200. */
  public static Topology read(int status, byte[] body) {
    TopologyReader reader = new TopologyReader();
    try {
      reader.answer(JSON.readTree(body));
    } catch (IOException garbled) {
      reader.troubles.add("what came is not JSON");
    }
    return reader.topology(status);
  }

  /**
   * Whether a success is an answer: a JSON object with a topology, with legs, or with a message
   * that says why there is none.
   */
  public static boolean isAnswer(byte[] body) {
    try {
      JsonNode root = JSON.readTree(body);
      List<String> fields = new ArrayList<>();
      root.fieldNames().forEachRemaining(fields::add);
      return root.isObject()
          && (root.has("topology")
              || message(root, "").isPresent()
              || fields.stream().anyMatch(name -> LEGS.contains(name.toUpperCase(Locale.ROOT))));
    } catch (IOException garbled) {
      return false;
    }
  }

  /** Whether a refusal is Beorn's own word, and not that of something before it. */
  public static boolean explainsItself(byte[] body) {
    try {
      JsonNode root = JSON.readTree(body);
      if (!root.isObject()) {
        return false;
      }
      List<JsonNode> places = new ArrayList<>(List.of(root));
      // Each leg may have its own.
      root.elements().forEachRemaining(places::add);
      return places.stream().anyMatch(place -> message(place, "").isPresent());
    } catch (IOException garbled) {
      return false;
    }
  }

  private Topology topology(int status) {
    if (status >= FIRST_BAD_STATUS) {
      troubles.add("status " + status);
    }
    return new Topology(
        serviceType,
        List.copyOf(devices.values()),
        troubles.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", troubles)));
  }

  private void answer(JsonNode root) {
    if (!root.isObject()) {
      troubles.add(root.isMissingNode() ? "nothing came" : "what came is no object");
      return;
    }
    List<String> legs = new ArrayList<>();
    root.fieldNames().forEachRemaining(legs::add);
    legs.removeIf(name -> !LEGS.contains(name.toUpperCase(Locale.ROOT)));
    if (legs.isEmpty() || root.has("topology")) {
      circuit(root, "");
      return;
    }
    message(root, "").ifPresent(troubles::add);
    legs.forEach(name -> circuit(root.path(name), name.toUpperCase(Locale.ROOT)));
  }

  private void circuit(JsonNode circuit, String leg) {
    Optional<String> message = message(circuit, leg);
    message.ifPresent(troubles::add);
    if (serviceType.isEmpty()) {
      serviceType = NodeReader.text(circuit.path("serviceType"));
    }
    JsonNode spokes = circuit.path("topology");
    if (spokes.isEmpty()) {
      if (message.isEmpty()) {
        troubles.add(named(leg, "there is no topology"));
      }
      return;
    }
    int spoke = 0;
    for (JsonNode element : listed(spokes)) {
      nodes(element.path("data").path("node"), leg, spoke);
      spoke++;
    }
  }

  private void nodes(JsonNode nodes, String leg, int spoke) {
    if (nodes.isEmpty()) {
      troubles.add(named(leg, "spoke " + spoke + " has no nodes"));
      return;
    }
    int strangers = 0;
    for (JsonNode node : listed(nodes)) {
      Optional<TopologyDevice> device = NodeReader.read(node, leg, spoke);
      strangers += device.isPresent() ? 0 : 1;
      device.ifPresent(found -> devices.merge(found.tid(), found, TopologyReader::filled));
    }
    if (strangers > 0) {
      troubles.add(named(leg, "nodes without a name in spoke " + spoke + ": " + strangers));
    }
  }

  private static TopologyDevice filled(TopologyDevice first, TopologyDevice later) {
    return new TopologyDevice(
        first.tid(),
        first.fqdn().or(later::fqdn),
        first.vendor().or(later::vendor),
        first.role().or(later::role),
        first.managementAddress().or(later::managementAddress),
        first.equipmentStatus().or(later::equipmentStatus),
        first.leg(),
        first.spoke());
  }

  /** The elements of a list; where a single one stands without a list around it, that. */
  private static Iterable<JsonNode> listed(JsonNode node) {
    return node.isObject() ? List.of(node) : node;
  }

  private static Optional<String> message(JsonNode object, String leg) {
    JsonNode message = object.path("message");
    String words = message.isContainerNode() ? message.toString() : NodeReader.text(message);
    String line = words.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.isEmpty()
        ? Optional.empty()
        : Optional.of(
            named(
                leg,
                line.length() <= LONGEST_MESSAGE
                    ? line
                    : line.substring(0, LONGEST_MESSAGE - 1) + "…"));
  }

  private static String named(String leg, String what) {
    return leg.isEmpty() ? what : leg + ": " + what;
  }
}
