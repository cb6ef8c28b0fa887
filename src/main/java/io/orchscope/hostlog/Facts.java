package io.orchscope.hostlog;

import java.util.Arrays;

/**
 * What is remembered of one block of a log, so that it need not be read again to know that it says
 * nothing about a circuit.
 *
 * @param length of the block when it was read; the last one of a log may have grown since
 * @param firstTime of the first line that begins in it and has a time, else {@link TimeStamps#NONE}
 * @param mentions see {@link Mentions}; also those that began in the block before
 */
record Facts(int length, long firstTime, long[] mentions) {

  /**
   * What a block says.
   *
   * @param before the block before it; empty for the first one
   */
  static Facts of(byte[] before, byte[] block) {
    int overlap = Math.min(Mentions.OVERLAP, before.length);
    byte[] text = block;
    if (overlap > 0) {
      text = Arrays.copyOfRange(before, before.length - overlap, before.length + block.length);
      System.arraycopy(block, 0, text, overlap, block.length);
    }
    return new Facts(
        block.length,
        TimeStamps.firstIn(block, block.length, before.length == 0),
        Mentions.in(text, text.length));
  }

  /** About what it takes in memory, in bytes. */
  long weight() {
    return 60 + 8L * mentions.length;
  }
}
