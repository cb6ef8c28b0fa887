package io.orchscope.hostlog;

import java.io.Closeable;
import java.io.IOException;

/** A file of a host that is open for reading. Errors: {@link HostFault}. */
interface OpenFile extends Closeable {

  /**
   * Reads from an offset on, as much as comes at once.
   *
   * @return how many bytes; -1 at the end of the file
   */
  int read(long offset, byte[] into, int start, int length) throws IOException;
}
