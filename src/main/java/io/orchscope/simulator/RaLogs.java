package io.orchscope.simulator;

import java.util.HashMap;
import java.util.Map;

/** The logs of resource adapters on all hosts. Source: domain.md §5.4. */
final class RaLogs {

  private static final long LAST = 200;

  private final Inventory inventory;
  private final NetworkFunctions functions;
  private final RaEvents events;
  private final long bytes;
  private final Map<String, RaStream> streams = new HashMap<>();

  /**
   * Looks at nothing yet.
   *
   * @param bytes how large an adapter's log is on a host, about
   */
  RaLogs(Inventory inventory, NetworkFunctions functions, int hosts, long bytes) {
    this.inventory = inventory;
    this.functions = functions;
    this.events = new RaEvents(inventory, functions, hosts);
    this.bytes = bytes;
  }

  /** What an adapter of a host has logged. */
  HostFolder folder(int host, Adapter adapter) {
    return new RaFolder(adapter, () -> stream(host, adapter));
  }

  private synchronized RaStream stream(int host, Adapter adapter) {
    long[] arrivals = events.since(host, adapter);
    return streams.compute(
        host + adapter.folder,
        (key, held) ->
            held != null && held.blocks() == held.blocksAtStart() + arrivals.length
                ? held
                : new RaStream(
                    new RaWriter(inventory, functions, host, adapter),
                    events.atStart(host, adapter),
                    arrivals,
                    times(),
                    bytes));
  }

  /** When the logs begin, and when they end but for what arrives, of which the first may be due. */
  private long[] times() {
    return new long[] {
      inventory.beginning().toEpochMilli(), inventory.start().toEpochMilli() - LAST
    };
  }
}
