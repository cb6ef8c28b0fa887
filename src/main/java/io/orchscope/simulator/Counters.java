package io.orchscope.simulator;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often each thing has happened. */
final class Counters {

  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  void count(String name) {
    counts.computeIfAbsent(name, key -> new LongAdder()).increment();
  }

  long of(String name) {
    LongAdder count = counts.get(name);
    return count == null ? 0 : count.sum();
  }

  /** All counts that are not zero, by name. */
  Map<String, Long> all() {
    Map<String, Long> all = new TreeMap<>();
    counts.forEach((name, count) -> all.put(name, count.sum()));
    return all;
  }
}
