package io.orchscope.match;

import java.util.List;
import java.util.Map;

/**
 * The windows of one width, by their grams.
 *
 * <p>Shape: a filter of 16 bits or more a gram, small enough for the processor's cache, turns
 * nearly all places of a text away; then a table of twice the grams. Never changes.
 */
final class GramIndex {

  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  /** A filter of as many bits does not drive anything else out of the cache. */
  private static final long ROOMY = 1 << 17;

  /** No gram is this: each of its bytes has a bit set. */
  private static final long NO_GRAM = 0;

  private final Width width;
  private final long[] filter;
  private final int filterShift;
  private final long[] keys;
  private final int[][] windows;
  private final int tableShift;

  /** Windows by their grams. */
  GramIndex(Width width, Map<Long, List<Integer>> byGram) {
    this.width = width;
    long roomy = Math.min(byGram.size() * 64L, ROOMY);
    int bits = powerOfTwo(Math.max(byGram.size() * 16L, roomy));
    filterShift = Long.SIZE - bits;
    filter = new long[1 << (bits - 6)];
    int slots = powerOfTwo(byGram.size() * 2L);
    tableShift = Long.SIZE - slots;
    keys = new long[1 << slots];
    windows = new int[keys.length][];
    byGram.forEach(this::put);
  }

  private static int powerOfTwo(long size) {
    return Math.max(6, Long.SIZE - Long.numberOfLeadingZeros(Math.max(1, size) - 1));
  }

  private void put(long gram, List<Integer> numbers) {
    long hash = gram * SPREAD;
    int bit = (int) (hash >>> filterShift);
    filter[bit >>> 6] |= 1L << bit;
    int at = (int) (hash >>> tableShift);
    while (keys[at] != NO_GRAM) {
      at = (at + 1) & (keys.length - 1);
    }
    keys[at] = gram;
    windows[at] = numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Notes the windows that may stand in a text. */
  void see(byte[] bytes, Reading reading) {
    int[] places = reading.places();
    int count =
        switch (width) {
          case WIDE -> siftWide(bytes, places);
          case MIDDLE -> siftMiddle(bytes, places);
          case CLOSE, SHORT -> siftNarrow(bytes, places);
        };
    for (int i = 0; i < count; i++) {
      lookUp(width.gramAt(bytes, places[i]), reading);
    }
  }

  /**
   * Writes the places that the filter lets through to the front of {@code places} and answers with
   * their number.
   *
   * <p>Every place is written and the next one, mostly, over it: a branch that is taken once in a
   * while costs more than what it saves.
   */
  private int siftWide(byte[] bytes, int[] places) {
    long[] bits = filter;
    int shift = filterShift;
    int count = 0;
    for (int at = 0; at <= bytes.length - Long.BYTES; at += 4) {
      int bit = (int) ((Width.eight(bytes, at) * SPREAD) >>> shift);
      places[count] = at;
      count += (int) (bits[bit >>> 6] >>> bit) & 1;
    }
    return count;
  }

  /** The same once more, so that the compiler sees numbers. */
  private int siftMiddle(byte[] bytes, int[] places) {
    long[] bits = filter;
    int shift = filterShift;
    int count = 0;
    for (int at = 0; at <= bytes.length - Integer.BYTES; at += 4) {
      int bit = (int) ((Width.four(bytes, at) * SPREAD) >>> shift);
      places[count] = at;
      count += (int) (bits[bit >>> 6] >>> bit) & 1;
    }
    return count;
  }

  private int siftNarrow(byte[] bytes, int[] places) {
    long[] bits = filter;
    int shift = filterShift;
    int stride = width.stride;
    int count = 0;
    for (int at = 0; at <= bytes.length - Integer.BYTES; at += stride) {
      int bit = (int) ((Width.four(bytes, at) * SPREAD) >>> shift);
      places[count] = at;
      count += (int) (bits[bit >>> 6] >>> bit) & 1;
    }
    return count;
  }

  private void lookUp(long gram, Reading reading) {
    int at = (int) ((gram * SPREAD) >>> tableShift);
    while (keys[at] != NO_GRAM) {
      if (keys[at] == gram) {
        for (int window : windows[at]) {
          reading.see(window);
        }
        return;
      }
      at = (at + 1) & (keys.length - 1);
    }
  }
}
