package io.orchscope.hostlog;

import java.util.concurrent.atomic.LongAdder;

/** Counts what is asked of one host. */
final class HostCounters {

  private final LongAdder connections = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  void connected() {
    connections.increment();
  }

  void read(long count) {
    bytes.add(count);
  }

  HostFigures figures(String host) {
    return new HostFigures(host, connections.sum(), bytes.sum());
  }
}
