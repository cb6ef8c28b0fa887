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
import io.orchscope.circuit.ServerTime;
import io.orchscope.circuit.Tid;
import io.orchscope.secret.SecretMask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads one resource of a product out of the JSON that MDSO sends.
 *
 * <p>Errors: a resource without an id is none; everything else that is missing or of the wrong type
 * is taken as absent. Source: domain.md §1.3 and §2.
 */
final class ResourceReader {

  private final Product product;
  private final List<JsonPointer> circuitIdAt;
  private final Instant listedAt;

  /**
   * A resource on a page.
   *
   * @param latestChange the latest moment at which it may have changed, UTC; {@link Instant#MAX}
   *     where a time of it cannot be read
   */
  record Listed(Resource resource, Instant latestChange) {}

  /**
   * A reader of one page.
   *
   * @param listedAt stands in for times that cannot be read
   */
  ResourceReader(Product product, Instant listedAt) {
    this.product = product;
    this.listedAt = listedAt;
    this.circuitIdAt = product.circuitIdAt().stream().map(JsonPointer::compile).toList();
  }

  Optional<Listed> read(JsonNode item) {
    String id = item.path("id").asText("");
    if (id.isBlank()) {
      return Optional.empty();
    }
    String label = item.path("label").asText("");
    Optional<ServerTime> created = ServerTime.read(time(item.path("createdAt")));
    Optional<ServerTime> updated = ServerTime.read(time(item.path("updatedAt")));
    Instant createdAt = created.or(() -> updated).map(ServerTime::instant).orElse(listedAt);
    Instant updatedAt = updated.or(() -> created).map(ServerTime::instant).orElse(createdAt);
    Resource resource =
        new Resource(
            new ResourceId(id),
            product.type(),
            SecretMask.textWithoutSecrets(label),
            circuit(item, label.isBlank() ? id : label),
            OrchState.of(item.path("orchState").asText("")),
            text(item.path("reason")),
            revision(item, created.isEmpty() && updated.isEmpty(), updatedAt),
            createdAt,
            updatedAt,
            devices(item));
    return Optional.of(new Listed(resource, latestChange(item, created, updated)));
  }

  /**
   * The latest moment at which the resource may have changed.
   *
   * <p>A value that is there and cannot be read may say any moment. One that is not there says
   * none, as long as the other one does.
   */
  private static Instant latestChange(
      JsonNode item, Optional<ServerTime> created, Optional<ServerTime> updated) {
    boolean anyUnreadable =
        (created.isEmpty() && isSaid(item.path("createdAt")))
            || (updated.isEmpty() && isSaid(item.path("updatedAt")))
            || (created.isEmpty() && updated.isEmpty());
    return anyUnreadable
        ? Instant.MAX
        : Stream.of(created, updated)
            .flatMap(Optional::stream)
            .map(ServerTime::latest)
            .max(Instant::compareTo)
            .orElse(Instant.MAX);
  }

  private static boolean isSaid(JsonNode node) {
    return !node.isMissingNode() && !node.isNull();
  }

  /**
   * A server that numbers no revisions still says when it changed something, or at least something
   * else.
   */
  private static long revision(JsonNode item, boolean isUndated, Instant updatedAt) {
    if (item.path("revision").canConvertToLong() && item.path("revision").isNumber()) {
      return item.path("revision").asLong();
    }
    return isUndated ? item.toString().hashCode() & Integer.MAX_VALUE : updatedAt.toEpochMilli();
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

  /** The text of a time; a number that may be one is written out, not as 1.7E9. */
  private static String time(JsonNode node) {
    double number = node.asDouble();
    return node.isNumber() && number > 1e8 && number < 1e19
        ? node.decimalValue().toPlainString()
        : text(node);
  }
}
