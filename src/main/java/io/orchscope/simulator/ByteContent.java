package io.orchscope.simulator;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What a file holds; made when it is read. Only one reader at a time. */
interface ByteContent {

  /**
   * Puts bytes from an offset on into the buffer: one at least, unless the buffer is full.
   *
   * @param offset below the file's size
   */
  void read(long offset, ByteBuffer into) throws IOException;

  /** Bytes that are there already. */
  static ByteContent of(byte[] bytes) {
    return (offset, into) -> {
      int from = (int) offset;
      into.put(bytes, from, Math.min(into.remaining(), bytes.length - from));
    };
  }
}
