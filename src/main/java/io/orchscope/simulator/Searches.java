package io.orchscope.simulator;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The last few searches that had to look at everything, by what was sought. */
final class Searches {

  private static final int KEPT = 8;

  private final Map<String, long[]> found =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, long[]> eldest) {
              return size() > KEPT;
            }
          });

  /** What was found the last time, or is now; everybody else waits while it is sought. */
  long[] keys(String sought, Supplier<long[]> search) {
    return found.computeIfAbsent(sought, key -> search.get());
  }
}
