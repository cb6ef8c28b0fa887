package io.orchscope.hostlog;

import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of an open file from an offset on; reading draws on a budget, closing closes the file.
 *
 * <p>Errors: {@link HostFault}; {@link OutOfBudgetException} behind the last byte that the budget
 * pays for.
 */
final class FileStream extends InputStream {

  /** What comes with one question to a host. */
  private static final int CHUNK = 128 * 1024;

  private final OpenFile file;
  private final Allowance allowance;
  private final byte[] buffer = new byte[CHUNK];
  private long offset;
  private int next;
  private int filled;
  private boolean isAtEnd;

  FileStream(OpenFile file, long offset, Allowance allowance) {
    this.file = file;
    this.offset = offset;
    this.allowance = allowance;
  }

  /** How far the file has been read. */
  long offset() {
    return offset;
  }

  @Override
  public int read() throws IOException {
    return fill() ? buffer[next++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int start, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, filled - next);
    System.arraycopy(buffer, next, into, start, count);
    next += count;
    return count;
  }

  /** Until the end is seen there may be more: so a file of several gzip members is read whole. */
  @Override
  public int available() {
    return isAtEnd ? filled - next : Math.max(1, filled - next);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private boolean fill() throws IOException {
    if (next == filled && !isAtEnd) {
      int wanted = (int) Math.min(buffer.length, Math.max(1, allowance.left()));
      allowance.budget().requireTime();
      int count = file.read(offset, buffer, 0, wanted);
      isAtEnd = count < 0;
      next = 0;
      filled = Math.max(0, count);
      allowance.draw(filled);
      offset += filled;
    }
    return next < filled;
  }
}
