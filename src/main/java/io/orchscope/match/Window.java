package io.orchscope.match;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Some bytes of a literal that all its occurrences have.
 *
 * @param bytes the literal's, folded
 * @param start where in it the window begins
 * @param rarity in how many rows of the table its grams stand, on average
 */
record Window(Width width, byte[] bytes, int start, double rarity) {

  /** One of its grams; as many as the width has strides. */
  long gram(int index) {
    return width.gramAt(bytes, start + index);
  }

  /** The same for windows of the same bytes. */
  String key() {
    return width.name() + new String(bytes, start, width.window, StandardCharsets.ISO_8859_1);
  }

  boolean isClearOf(Window other) {
    return !Arrays.equals(bytes, other.bytes) || Math.abs(start - other.start) >= width.gram;
  }
}
