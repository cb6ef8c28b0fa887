package io.orchscope.match;

import java.util.Arrays;

/** How many rows hold each of many grams. Shape: open addressing, at most half full. */
final class LongCounts {

  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private long[] keys = new long[1024];
  private int[] counts = new int[keys.length];
  private int[] lastRows = new int[keys.length];
  private int size;

  /** The place of a key in a table of a power of two. */
  static int place(long key, int length) {
    return (int) ((key * SPREAD) >>> Long.numberOfLeadingZeros(length - 1L));
  }

  /** Counts a gram of a row; the same row counts once, if its grams come together. */
  void add(long key, int row) {
    if (size * 2 >= keys.length) {
      grow();
    }
    int at = find(key);
    if (counts[at] == 0) {
      keys[at] = key;
      size++;
    } else if (lastRows[at] == row) {
      return;
    }
    counts[at]++;
    lastRows[at] = row;
  }

  int count(long key) {
    return counts[find(key)];
  }

  private int find(long key) {
    int mask = keys.length - 1;
    int at = place(key, keys.length);
    while (counts[at] != 0 && keys[at] != key) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldCounts = counts;
    int[] oldRows = lastRows;
    keys = new long[oldKeys.length * 2];
    counts = new int[keys.length];
    lastRows = Arrays.copyOf(counts, counts.length);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldCounts[i] != 0) {
        int at = find(oldKeys[i]);
        keys[at] = oldKeys[i];
        counts[at] = oldCounts[i];
        lastRows[at] = oldRows[i];
      }
    }
  }
}
