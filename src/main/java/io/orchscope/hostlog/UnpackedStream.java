package io.orchscope.hostlog;

import io.orchscope.hostlog.LogGap.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The text of a gzip file.
 *
 * <p>Errors: NOT_READABLE when it is none, ends too early, or unpacks to more than {@value #RATIO}
 * times its size, which no log does.
 */
final class UnpackedStream extends InputStream {

  /** Repeated lines reach a hundred; a bomb has a thousand. */
  static final int RATIO = 300;

  /** Up to here the ratio does not matter. */
  static final long SMALL = 1 << 20;

  private final FileStream packed;
  private final InputStream text;
  private long unpacked;

  UnpackedStream(FileStream packed) throws IOException {
    this.packed = packed;
    try {
      this.text = new GZIPInputStream(packed, 32 * 1024);
    } catch (ZipException | EOFException e) {
      throw new HostFault(Reason.NOT_READABLE, "It is no gzip file", e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int start, int length) throws IOException {
    try {
      int count = text.read(into, start, length);
      unpacked += Math.max(0, count);
      requireHonest(unpacked, packed.offset());
      return count;
    } catch (ZipException e) {
      throw new HostFault(Reason.NOT_READABLE, "The gzip file is damaged", e);
    } catch (EOFException e) {
      throw new HostFault(Reason.NOT_READABLE, "The gzip file ends too early", e);
    }
  }

  @Override
  public void close() throws IOException {
    text.close();
  }

  /** Errors: NOT_READABLE when so much text has come of so few bytes that it is a bomb. */
  static void requireHonest(long unpacked, long packed) throws HostFault {
    if (unpacked > SMALL && unpacked > RATIO * packed) {
      throw new HostFault(
          Reason.NOT_READABLE, "It unpacks to more than " + RATIO + " times its size");
    }
  }
}
