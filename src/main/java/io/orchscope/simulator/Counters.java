package io.orchscope.simulator;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** How often each thing has happened. */
final class Counters {

  private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();

  /** Counts once more; answers how often it has been by now. */
  long count(String name) {
    return add(name, 1);
  }

  /** Counts so many more; answers how many there are by now. */
  long add(String name, long more) {
    return counts.computeIfAbsent(name, key -> new AtomicLong()).addAndGet(more);
  }

  /** Remembers the greatest number that there has been. */
  void most(String name, long number) {
    counts.computeIfAbsent(name, key -> new AtomicLong()).accumulateAndGet(number, Math::max);
  }

  long of(String name) {
    AtomicLong count = counts.get(name);
    return count == null ? 0 : count.get();
  }

  /** All counts that are not zero, by name. */
  Map<String, Long> all() {
    Map<String, Long> all = new TreeMap<>();
    counts.forEach((name, count) -> all.put(name, count.get()));
    return all;
  }
}
