package io.orchscope.match;

import java.util.Arrays;
import java.util.List;

/**
 * Grams of one width, and their numbers.
 *
 * <p>Shape: a filter of 32 bits a gram that stays in the processor's cache and turns nearly all
 * away, then a table of twice the grams. Never changes.
 */
final class GramIndex {

  /** What {@link #number} answers for a gram that is not here. */
  static final int NONE = -1;

  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final long[] filter;
  private final int filterShift;
  private final long[] keys;
  private final int[] numbers;
  private final int tableShift;

  /**
   * Grams by their values; each stands once.
   *
   * @param first the number of the first; the others follow
   */
  GramIndex(List<Long> values, int first) {
    int bits = powerOfTwo(values.size() * 32L);
    filterShift = Long.SIZE - bits;
    filter = new long[1 << Math.max(0, bits - 6)];
    int slots = powerOfTwo(values.size() * 2L);
    tableShift = Long.SIZE - slots;
    keys = new long[1 << slots];
    numbers = new int[keys.length];
    Arrays.fill(numbers, NONE);
    for (int i = 0; i < values.size(); i++) {
      put(values.get(i), first + i);
    }
  }

  private static int powerOfTwo(long size) {
    return Math.max(6, Long.SIZE - Long.numberOfLeadingZeros(Math.max(1, size) - 1));
  }

  private void put(long value, int number) {
    long hash = value * SPREAD;
    int bit = (int) (hash >>> filterShift);
    filter[bit >>> 6] |= 1L << bit;
    int at = (int) (hash >>> tableShift);
    while (numbers[at] != NONE) {
      at = (at + 1) & (keys.length - 1);
    }
    keys[at] = value;
    numbers[at] = number;
  }

  /** The number of a gram, or {@link #NONE}. */
  int number(long value) {
    long hash = value * SPREAD;
    int bit = (int) (hash >>> filterShift);
    if ((filter[bit >>> 6] & 1L << bit) == 0) {
      return NONE;
    }
    int at = (int) (hash >>> tableShift);
    while (numbers[at] != NONE && keys[at] != value) {
      at = (at + 1) & (keys.length - 1);
    }
    return numbers[at];
  }
}
