package io.orchscope.simulator;

import java.util.Arrays;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * When adapters came upon the devices of failed circuits: a number for each, sorted, for each host
 * and adapter. They are looked for when somebody looks at the logs for the first time, and what has
 * arrived since is added whenever somebody looks again.
 */
final class RaEvents {

  private final Inventory inventory;
  private final NetworkFunctions functions;
  private final int hosts;
  private final long[][] atStart;
  private final long[][] since;
  private int looked;

  RaEvents(Inventory inventory, NetworkFunctions functions, int hosts) {
    this.inventory = inventory;
    this.functions = functions;
    this.hosts = hosts;
    this.atStart = new long[hosts * Adapter.values().length][0];
    this.since = new long[atStart.length][0];
  }

  /** What an adapter of a host came upon before the simulator began, oldest first. */
  synchronized long[] atStart(int host, Adapter adapter) {
    look();
    return atStart[place(host, adapter)].clone();
  }

  /** What it has come upon since; grows at its end. */
  synchronized long[] since(int host, Adapter adapter) {
    look();
    return since[place(host, adapter)].clone();
  }

  private void look() {
    if (looked < inventory.size()) {
      add(atStart, 0, inventory.size());
      Arrays.stream(atStart).forEach(Arrays::sort);
      looked = inventory.size();
    }
    int end = inventory.end();
    add(since, looked, end);
    looked = end;
  }

  private void add(long[][] events, int from, int to) {
    if (from == to) {
      return;
    }
    LongStream.Builder[] more = new LongStream.Builder[events.length];
    Arrays.setAll(more, place -> LongStream.builder());
    for (int owner = from; owner < to; owner++) {
      Sketch sketch = inventory.sketchInTheEnd(owner);
      if (sketch.owner() == owner && sketch.fails()) {
        devices(sketch)
            .filter(device -> functions.isOnboarded(device.id()))
            .forEach(device -> more[place(device)].add(event(sketch, device).key()));
      }
    }
    for (int place = 0; place < events.length; place++) {
      events[place] =
          LongStream.concat(Arrays.stream(events[place]), more[place].build()).toArray();
    }
  }

  private Stream<Devices.Node> devices(Sketch sketch) {
    Ids ids = inventory.ids();
    boolean twoEnds = PropertyWriter.hasTwoEnds(ids, sketch.circuit());
    return Devices.of(ids, sketch.circuit()).all(twoEnds).stream();
  }

  /**
   * Shortly before the last attempt ends, one device after the other; all at once for what arrives,
   * since many may arrive at once.
   */
  private RaEvent event(Sketch sketch, Devices.Node device) {
    DeviceId.Role role = device.id().role();
    long thousandths = 900 + (sketch.index() < inventory.size() ? 20L * role.code : 0);
    long at =
        sketch.startOf(Math.max(1, sketch.attempts()) - 1).toEpochMilli()
            + thousandths * sketch.seconds()
            - inventory.beginning().toEpochMilli();
    return new RaEvent(at, sketch.index(), role);
  }

  /** A device has its session on one host. */
  private int place(Devices.Node device) {
    int host = device.id().random(inventory.ids(), "host").nextInt(hosts);
    return place(host, Adapter.of(device));
  }

  private static int place(int host, Adapter adapter) {
    return host * Adapter.values().length + adapter.code;
  }
}
