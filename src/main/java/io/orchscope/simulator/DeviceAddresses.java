package io.orchscope.simulator;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Where on loopback something answers for a device, whose own address leads nowhere. */
final class DeviceAddresses {

  private final Inventory inventory;
  private final NetworkFunctions functions;
  private final DeviceServers servers;

  DeviceAddresses(Inventory inventory, NetworkFunctions functions, DeviceServers servers) {
    this.inventory = inventory;
    this.functions = functions;
    this.servers = servers;
  }

  /** Where a TID, an FQDN or an address leads; always the same for the same device. */
  Optional<String> of(String target) {
    return Stream.concat(DeviceId.named(target).stream(), functions.at(target))
        .filter(device -> servers.isStarted() && functions.exists(device))
        .findFirst()
        .map(device -> "127.0.0.1:" + servers.port(manner(device)));
  }

  /** Where the TIDs and addresses of all devices of failed circuits lead. */
  Map<String, String> ofFailedCircuits() {
    Map<String, String> all = new TreeMap<>();
    IntStream.range(inventory.first(), inventory.end())
        .mapToObj(inventory::sketch)
        .filter(Sketch::fails)
        .map(Sketch::circuit)
        .distinct()
        .flatMap(this::devices)
        .flatMap(device -> Stream.of(device.tid(), device.ip()))
        .distinct()
        .forEach(target -> of(target).ifPresent(address -> all.put(target, address)));
    return all;
  }

  private Stream<Devices.Node> devices(int circuit) {
    Ids ids = inventory.ids();
    return Devices.of(ids, circuit).all(PropertyWriter.hasTwoEnds(ids, circuit)).stream();
  }

  private DeviceManner manner(DeviceId device) {
    return DeviceManner.of(functions.isAvailable(device), device.random(inventory.ids(), "manner"));
  }
}
