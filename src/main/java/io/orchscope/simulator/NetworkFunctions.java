package io.orchscope.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The devices as MDSO has onboarded them. They are found where somebody asks for their types, for a
 * TID or for an id; lists and counts of all there is do not have them. Source: domain.md §2.
 */
final class NetworkFunctions {

  /** Shapes of domain.md §4.5 that say that the CPE does not answer. */
  private static final Set<Integer> UNREACHABLE = Set.of(1, 2, 4, 5, 7);

  private static final Instant FIRST = Instant.parse("2024-03-01T14:06:19.623Z");

  private final Inventory inventory;
  private final Ids ids;
  private final Searches searches = new Searches();

  NetworkFunctions(Inventory inventory) {
    this.inventory = inventory;
    this.ids = inventory.ids();
  }

  /** The network function of an id. */
  Optional<ObjectNode> get(String id) {
    return ids.device(id).filter(this::isOnboarded).map(this::write);
  }

  /** All that fit, PEs first, then aggregation, then CPEs. */
  List<ObjectNode> find(ResourceQuery query) {
    Optional<Stream<DeviceId>> near = near(query);
    boolean anyType = query.types().isEmpty() && query.productId().isEmpty();
    if (anyType ? near.isEmpty() : !mayBeWanted(query)) {
      return List.of();
    }
    if (near.isPresent()) {
      return near.get().filter(this::isListed).map(this::write).filter(query::fits).toList();
    }
    long[] keys = searches.keys(query + "/" + inventory.state(), () -> search(query));
    return Listing.view(keys.length, k -> write(device(keys[k])));
  }

  /** What a test has written by hand is listed with the others that are. */
  private boolean isListed(DeviceId device) {
    return isOnboarded(device) && !inventory.isHandmade(ids.networkFunction(device));
  }

  /** Whether MDSO knows the device; of a few it has never heard. */
  boolean isOnboarded(DeviceId device) {
    int missing = device.role() == DeviceId.Role.CPE || device.role() == DeviceId.Role.FAR ? 4 : 1;
    return exists(device) && device.random(ids, "onboarded").nextInt(100) >= missing;
  }

  /** The device as adapters name it in their logs, after {@code bpprov.}. */
  String providerResourceId(Devices.Node device) {
    return "bpo_" + ids.domain(Adapter.of(device)) + "_" + ids.networkFunction(device.id());
  }

  /** Whether MDSO says that it reaches the device. */
  boolean isAvailable(DeviceId device) {
    boolean lost = device.random(ids, "lost").nextInt(50) == 0;
    return !lost && (device.role() != DeviceId.Role.CPE || !failedToConnect(device.number()));
  }

  /** Whether a resource of the circuit has failed because its CPE did not answer. */
  private boolean failedToConnect(int circuit) {
    return IntStream.rangeClosed(circuit, circuit + 1)
        .filter(inventory::holds)
        .mapToObj(inventory::sketch)
        .filter(sketch -> sketch.circuit() == circuit && sketch.fails())
        .anyMatch(
            sketch ->
                UNREACHABLE.contains(sketch.shape())
                    || inventory.newestStory(sketch).entries().stream()
                        .anyMatch(line -> line.isConnectivityCheck() && line.fails()));
  }

  /** Whether a circuit runs through the device. */
  boolean exists(DeviceId device) {
    int number = device.number();
    return switch (device.role()) {
      case PE -> number < Devices.PES;
      case AGG -> number < Devices.AGGS;
      case CPE -> isCircuit(number);
      case FAR -> isCircuit(number) && PropertyWriter.hasTwoEnds(ids, number);
    };
  }

  private boolean isCircuit(int number) {
    return number < inventory.end() && inventory.sketch(number).circuit() == number;
  }

  private static boolean mayBeWanted(ResourceQuery query) {
    return query.productId().isEmpty()
        && Stream.of(Adapter.values()).anyMatch(adapter -> query.wantsType(adapter.type()));
  }

  /** The few devices among which everything that fits is; none when all have to be looked at. */
  private Optional<Stream<DeviceId>> near(ResourceQuery query) {
    return query.conditions().stream()
        .filter(condition -> condition.pattern().isEmpty())
        .flatMap(condition -> near(condition.path(), condition.value()).stream())
        .findFirst();
  }

  private Optional<Stream<DeviceId>> near(String path, String value) {
    return switch (path) {
      case "id" -> Optional.of(ids.device(value).stream());
      case "label" -> Optional.of(DeviceId.named(value).stream());
      case "providerResourceId" ->
          Optional.of(ids.device(value.replaceFirst("^bpo_.*_", "")).stream());
      case "properties.ipAddress" ->
          Optional.of(Stream.concat(DeviceId.named(value).stream(), at(value)));
      default -> Optional.empty();
    };
  }

  /** All devices that have an address; more than one in a large world. */
  Stream<DeviceId> at(String address) {
    return DeviceId.Role.ALL.stream()
        .flatMap(
            role ->
                DeviceId.at(ids, role, address, limit(role))
                    .mapToObj(number -> new DeviceId(role, number)));
  }

  private int limit(DeviceId.Role role) {
    return switch (role) {
      case PE -> Devices.PES;
      case AGG -> Devices.AGGS;
      case CPE, FAR -> inventory.end();
    };
  }

  private long[] search(ResourceQuery query) {
    return DeviceId.Role.ALL.stream()
        .flatMap(
            role -> IntStream.range(0, limit(role)).mapToObj(number -> new DeviceId(role, number)))
        .filter(this::isListed)
        .filter(device -> query.wantsType(Adapter.of(Devices.node(ids, device)).type()))
        .filter(device -> query.conditions().isEmpty() || query.fits(write(device)))
        .mapToLong(device -> (long) device.number() << 2 | device.role().code)
        .toArray();
  }

  private static DeviceId device(long key) {
    return new DeviceId(DeviceId.Role.ALL.get((int) (key & 3)), (int) (key >> 2));
  }

  private ObjectNode write(DeviceId id) {
    Devices.Node device = Devices.node(ids, id);
    Adapter adapter = Adapter.of(device);
    boolean byAddress = id.random(ids, "by address").nextInt(5) == 0;
    ObjectNode function = Wire.object().put("id", ids.networkFunction(id));
    function.put("label", device.tid()).put("resourceTypeId", adapter.type());
    ResourceWriter.common(function);
    function.put("productId", ids.product(adapter)).put("orchState", "active");
    function.put("desiredOrchState", "active").put("reason", "");
    function.put("providerResourceId", providerResourceId(device));
    String created = Wire.millis(FIRST.plusSeconds(id.number()));
    function.put("createdAt", created).put("updatedAt", created).put("revision", 7);
    ObjectNode properties = function.putObject("properties");
    properties.put("ipAddress", byAddress ? device.ip() : device.fqdn());
    properties.put("communicationState", isAvailable(id) ? "AVAILABLE" : "NOT-AVAILABLE");
    properties.put("sessionProfile", ids.domain(adapter));
    properties.putObject("connection").put("hostname", byAddress ? device.ip() : device.fqdn());
    properties
        .putObject("authentication")
        .putObject(adapter == Adapter.JUNIPER ? "netconf" : "cli")
        .put("username", "svc-device")
        .put("password", Credentials.MISSED_PASSWORD);
    properties.put("resourceType", device.model()).put("type", device.vendor());
    properties.put("deviceVersion", device.model()).put("swVersion", "21.4R3");
    return function;
  }
}
