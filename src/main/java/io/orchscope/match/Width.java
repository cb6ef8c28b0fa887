package io.orchscope.match;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * How literals of a length are looked for.
 *
 * <p>A text is looked at only at every {@code stride}th place. A window of a literal is so long
 * that one of its grams stands at such a place, wherever the literal does.
 */
enum Width {
  /** For literals of eleven characters and more. */
  WIDE(8, 4, 0),
  /** For literals of seven characters and more. */
  MIDDLE(4, 4, 4),
  /** For literals of five characters and more. */
  CLOSE(4, 2, 6),
  /** For literals of four characters. */
  SHORT(4, 1, 8);

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  final int gram;
  final int stride;
  final int window;

  /**
   * How much rarer than a wider one a window must be to be taken in its place: each width that a
   * table needs is another pass over every text.
   */
  final double handicap;

  Width(int gram, int stride, double handicap) {
    this.gram = gram;
    this.stride = stride;
    this.window = gram + stride - 1;
    this.handicap = handicap;
  }

  /** The gram of this width at a place, folded. */
  long gramAt(byte[] bytes, int at) {
    return this == WIDE ? eight(bytes, at) : four(bytes, at);
  }

  static long eight(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at) | Fold.EIGHT;
  }

  static long four(byte[] bytes, int at) {
    return ((int) INTS.get(bytes, at) | Fold.FOUR) & 0xffff_ffffL;
  }
}
