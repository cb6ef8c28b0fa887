package io.orchscope.hostlog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.ZipException;

/**
 * The end of a zip file, which says how long its list of entries is. Java reads that list into
 * memory as a whole, however long it is, so it is looked at first.
 *
 * <p>Source: the ZIP file format (APPNOTE), end of central directory record.
 */
final class ZipEnd {

  /** Bytes of the list of entries: some 100 of each. */
  static final long LONGEST_LIST = 8L << 20;

  static final int MOST_ENTRIES = 50_000;

  private static final int SIGNATURE = 0x06054b50;
  private static final int LENGTH = 22;
  private static final int LONGEST_COMMENT = 65_535;
  private static final int MARK_64 = 0xffff;

  /**
   * Errors: {@link ZipException} when the list is too long, or so long that it takes the records of
   * ZIP64, which no archive within our bounds needs.
   */
  static void requireSmall(Path file) throws IOException {
    ByteBuffer end = end(file);
    boolean isFound = false;
    for (int at = end.limit() - LENGTH; at >= 0; at--) {
      if (end.getInt(at) == SIGNATURE) {
        isFound = true;
        int entries = end.getShort(at + 10) & 0xffff;
        long list = end.getInt(at + 12) & 0xffffffffL;
        boolean is64 = entries == MARK_64 || end.getInt(at + 16) == -1;
        if (is64 || entries > MOST_ENTRIES || list > LONGEST_LIST) {
          throw new ZipException("it lists too many entries");
        }
      }
    }
    if (!isFound) {
      throw new ZipException("it has no list of entries");
    }
  }

  private static ByteBuffer end(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      int length = (int) Math.min(channel.size(), LENGTH + LONGEST_COMMENT);
      ByteBuffer end = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
      long from = channel.size() - length;
      while (end.hasRemaining() && channel.read(end, from + end.position()) >= 0) {}
      return end.flip();
    }
  }

  private ZipEnd() {}
}
