package io.orchscope.mdso;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.orchscope.circuit.CircuitId;
import io.orchscope.circuit.Device;
import io.orchscope.circuit.DeviceLocation;
import io.orchscope.circuit.Disconnect;
import io.orchscope.circuit.OrchState;
import io.orchscope.circuit.Product;
import io.orchscope.circuit.Resource;
import io.orchscope.circuit.ResourceId;
import io.orchscope.circuit.Tid;
import io.orchscope.secret.SecretMask;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one resource of a product out of the JSON that MDSO sends.
 *
 * <p>Errors: a resource without an id is none; everything else that is missing or of the wrong type
 * is taken as absent. Source: domain.md §1.3 and §2.
 */
final class ResourceReader {

  private final Product product;
  private final List<JsonPointer> circuitIdAt;

  ResourceReader(Product product) {
    this.product = product;
    this.circuitIdAt = product.circuitIdAt().stream().map(JsonPointer::compile).toList();
  }

  Optional<Resource> read(JsonNode item) {
    String id = item.path("id").asText("");
    if (id.isBlank()) {
      return Optional.empty();
    }
    String label = item.path("label").asText("");
    Instant createdAt = instant(item.path("createdAt")).orElse(Instant.EPOCH);
    Instant updatedAt = instant(item.path("updatedAt")).orElse(createdAt);
    return Optional.of(
        new Resource(
            new ResourceId(id),
            product.type(),
            SecretMask.textWithoutSecrets(label),
            circuit(item, label.isBlank() ? id : label),
            OrchState.of(item.path("orchState").asText("")),
            text(item.path("reason")),
            revision(item, updatedAt),
            createdAt,
            updatedAt,
            devices(item)));
  }

  /** A server that numbers no revisions still says when it changed something. */
  private static long revision(JsonNode item, Instant updatedAt) {
    return item.path("revision").canConvertToLong() && item.path("revision").isNumber()
        ? item.path("revision").asLong()
        : updatedAt.toEpochMilli();
  }

  private CircuitId circuit(JsonNode item, String standIn) {
    for (JsonPointer pointer : circuitIdAt) {
      String text = text(item.at(pointer));
      if (!text.isBlank()) {
        return new CircuitId(SecretMask.textWithoutSecrets(text));
      }
    }
    return new CircuitId(SecretMask.textWithoutSecrets(standIn));
  }

  private List<Device> devices(JsonNode item) {
    List<Device> devices = new ArrayList<>();
    for (DeviceLocation location : product.devices()) {
      if (location.each().isEmpty()) {
        device(location, "", item).ifPresent(devices::add);
        continue;
      }
      JsonNode members = item.at(location.each().get());
      if (members.isObject()) {
        for (Map.Entry<String, JsonNode> member : members.properties()) {
          device(location, member.getKey(), member.getValue()).ifPresent(devices::add);
        }
      } else {
        members.forEach(member -> device(location, "", member).ifPresent(devices::add));
      }
    }
    return List.copyOf(devices);
  }

  private static Optional<Device> device(DeviceLocation location, String key, JsonNode member) {
    String name = location.tid().equals(DeviceLocation.KEY) ? key : text(member.at(location.tid()));
    return Tid.named(name)
        .map(
            tid ->
                new Device(
                    tid,
                    location
                        .address()
                        .map(member::at)
                        .map(ResourceReader::text)
                        .filter(address -> !address.isBlank())
                        .map(SecretMask::textWithoutSecrets),
                    location.disconnect().map(member::at).flatMap(ResourceReader::disconnect)));
  }

  private static Optional<Disconnect> disconnect(JsonNode node) {
    return switch (text(node)) {
      case "FULL" -> Optional.of(Disconnect.FULL);
      case "PARTIAL" -> Optional.of(Disconnect.PARTIAL);
      default -> Optional.empty();
    };
  }

  /** The text of a node; nothing for objects, lists, null and what is not there. */
  private static String text(JsonNode node) {
    return node.isValueNode() && !node.isNull() ? node.asText("").strip() : "";
  }

  private static Optional<Instant> instant(JsonNode node) {
    try {
      return text(node).isEmpty()
          ? Optional.empty()
          : Optional.of(OffsetDateTime.parse(text(node)).toInstant());
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }
}
