package io.orchscope.secret;

import java.util.Arrays;

/** Parts of a text, each from one place up to another, in whatever order they are added. */
final class Spans {

  private static final int FEW = 8;

  private int[] ends = {};
  private int size;

  /** Adds a part; answers false when the last one holds it already. */
  boolean add(int from, int to) {
    if (size > 0 && ends[size - 2] <= from && to <= ends[size - 1]) {
      return false;
    }
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, Math.max(FEW, size * 2));
    }
    ends[size++] = from;
    ends[size++] = to;
    return true;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int count() {
    return size / 2;
  }

  int from(int index) {
    return ends[2 * index];
  }

  int to(int index) {
    return ends[2 * index + 1];
  }

  /** The parts in order as pairs of from and to, those that overlap as one. */
  int[] merged() {
    boolean inOrder = true;
    for (int i = 2; i < size; i += 2) {
      inOrder &= ends[i] >= ends[i - 1];
    }
    if (inOrder) {
      return Arrays.copyOf(ends, size);
    }
    long[] sorted = new long[size / 2];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = ((long) ends[2 * i] << Integer.SIZE) | ends[2 * i + 1];
    }
    Arrays.sort(sorted);
    int[] merged = new int[size];
    int count = 0;
    for (long part : sorted) {
      int from = (int) (part >>> Integer.SIZE);
      int to = (int) part;
      if (count > 0 && from < merged[count - 1]) {
        merged[count - 1] = Math.max(merged[count - 1], to);
      } else {
        merged[count++] = from;
        merged[count++] = to;
      }
    }
    return Arrays.copyOf(merged, count);
  }

  /** Whether a part lies within one of those that were merged. */
  static boolean covers(int[] merged, int from, int to) {
    int low = 0;
    int high = merged.length / 2 - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (merged[2 * middle + 1] < to) {
        low = middle + 1;
      } else if (merged[2 * middle] > from) {
        high = middle - 1;
      } else {
        return true;
      }
    }
    return false;
  }

  /** A text with the mark in place of each part. */
  static String masked(String text, int[] merged) {
    if (merged.length == 0) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text.length());
    int copied = 0;
    for (int i = 0; i < merged.length; i += 2) {
      clean.append(text, copied, merged[i]).append(SecretMask.MARK);
      copied = merged[i + 1];
    }
    return clean.append(text, copied, text.length()).toString();
  }
}
