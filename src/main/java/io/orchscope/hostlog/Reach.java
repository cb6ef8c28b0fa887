package io.orchscope.hostlog;

import java.io.IOException;
import java.util.Arrays;

/**
 * Where in a block of a log words are, and so into which neighbours the records reach that have
 * them. A word that stands in two blocks is in both.
 *
 * <pre>
 *   … end of a record | time … | time … | time … beginning of a record
 *   isBack ----------   isWithin -------  isForth -------------------
 * </pre>
 */
record Reach(boolean isBack, boolean isWithin, boolean isForth) {

  /** Of a block without a word. */
  static final Reach NONE = new Reach(false, false, false);

  /** Of a block of which only its neighbours tell. */
  static final Reach BOTH = new Reach(true, true, true);

  private static final byte[] NOTHING = {};

  /** Of a block of a log that is not compressed; its neighbours are read only if need be. */
  static Reach of(int number, TextFile text, Needles words) throws IOException {
    byte[] block = text.block(number);
    byte[] before =
        number > 0 && words.reachBefore(block)
            ? end(text.block(number - 1), words.longest() + 1)
            : NOTHING;
    byte[] behind =
        number + 1 < text.count() && words.reachBehind(block)
            ? beginning(text.block(number + 1), words.longest() + 1)
            : NOTHING;
    byte[] all = Arrays.copyOf(before, before.length + block.length + behind.length);
    System.arraycopy(block, 0, all, before.length, block.length);
    System.arraycopy(behind, 0, all, before.length + block.length, behind.length);
    return of(all, before.length, before.length + block.length, number == 0, words);
  }

  /** Whether there is a word at all. */
  boolean isAny() {
    return isBack || isWithin || isForth;
  }

  /** Of the block from {@code start} to {@code end}. */
  private static Reach of(byte[] all, int start, int end, boolean isLineStart, Needles words) {
    int first = end;
    int last = start;
    int line = isLineStart ? start : TimeStamps.endOfLine(all, start, end);
    while (line < end) {
      int next = TimeStamps.endOfLine(all, line, end);
      if (TimeStamps.at(all, line, next) != TimeStamps.NONE) {
        first = Math.min(first, line);
        last = line;
      }
      line = next;
    }
    // The first letter of what is before the block only shows where a word does not begin.
    return new Reach(
        words.isIn(all, Math.min(1, start), first),
        first < last && words.isIn(all, first, last),
        words.isIn(all, last, all.length));
  }

  private static byte[] end(byte[] text, int length) {
    return Arrays.copyOfRange(text, Math.max(0, text.length - length), text.length);
  }

  private static byte[] beginning(byte[] text, int length) {
    return Arrays.copyOf(text, Math.min(text.length, length));
  }
}
