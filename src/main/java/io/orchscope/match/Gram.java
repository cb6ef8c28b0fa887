package io.orchscope.match;

/**
 * Some folded bytes that follow each other.
 *
 * @param value the bytes, the last one lowest
 * @param width how many there are, {@link GramChoice#LONG} or {@link GramChoice#SHORT}
 */
record Gram(long value, int width) {

  /** The gram that ends before a place. */
  static Gram before(byte[] folded, int end, int width) {
    long value = 0;
    for (int i = end - width; i < end; i++) {
      value = value << Byte.SIZE | (folded[i] & 0xffL);
    }
    return new Gram(value, width);
  }
}
