package io.orchscope.match;

import java.util.Arrays;
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

  private static final int[] NONE = {};

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
    Arrays.fill(windows, NONE);
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
    while (windows[at].length > 0) {
      at = (at + 1) & (keys.length - 1);
    }
    keys[at] = gram;
    windows[at] = numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Notes the windows that may stand in a text. */
  void see(byte[] bytes, int length, Reading reading) {
    if (width == Width.WIDE) {
      // Written out, so that the compiler sees numbers.
      for (int at = 0; at + Long.BYTES <= length; at += 4) {
        see(Width.eight(bytes, at), reading);
      }
      return;
    }
    int stride = width.stride;
    for (int at = 0; at + Integer.BYTES <= length; at += stride) {
      see(Width.four(bytes, at), reading);
    }
  }

  private void see(long gram, Reading reading) {
    long hash = gram * SPREAD;
    int bit = (int) (hash >>> filterShift);
    if ((filter[bit >>> 6] & (1L << bit)) != 0) {
      lookUp(gram, hash, reading);
    }
  }

  private void lookUp(long gram, long hash, Reading reading) {
    int at = (int) (hash >>> tableShift);
    while (windows[at].length > 0) {
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
