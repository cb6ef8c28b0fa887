package io.orchscope.evidence;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Optional;

/**
 * A log while it is read: its bytes until it ends or breaks off. What it broke off from is asked
 * for afterwards, so that it is not taken for a fault of our disk.
 */
final class LogSource implements AutoCloseable {

  private final Opening opening;
  private InputStream in = InputStream.nullInputStream();
  private byte[] overlap = new byte[0];
  private Optional<IOException> fault = Optional.empty();

  /** Opens an original at an offset. */
  @FunctionalInterface
  interface Opening {
    InputStream at(long offset) throws IOException;
  }

  /** What the host has at the place where an earlier try ended. */
  enum News {
    /** It goes on. */
    MORE,
    /** Nothing has been added. */
    NOTHING,
    /** Another file; it is read from its beginning. */
    ANOTHER_FILE
  }

  LogSource(Opening opening) {
    this.opening = opening;
  }

  /** Begins after a mark, if what is before it is what was there then. */
  News begin(Mark mark) {
    try {
      return seek(mark);
    } catch (IOException e) {
      fault = Optional.of(e);
      return News.MORE;
    }
  }

  /**
   * The same where a last line without an end had been read, too.
   *
   * @param rest its length
   */
  News begin(Mark mark, int rest) {
    try {
      News news = seek(mark);
      if (news == News.ANOTHER_FILE) {
        return news;
      }
      byte[] ahead = in.readNBytes(rest + 1);
      if (ahead.length == rest) {
        return News.NOTHING;
      }
      if (ahead.length < rest) {
        restart();
        return News.ANOTHER_FILE;
      }
      in = new SequenceInputStream(new ByteArrayInputStream(ahead), in);
      return News.MORE;
    } catch (IOException e) {
      fault = Optional.of(e);
      return News.MORE;
    }
  }

  private News seek(Mark mark) throws IOException {
    in = opening.at(mark.offset() - mark.overlap());
    byte[] before = in.readNBytes(mark.overlap());
    if (Sha256.hex(before).equals(mark.sha256())) {
      overlap = before;
      return News.MORE;
    }
    restart();
    return News.ANOTHER_FILE;
  }

  private void restart() throws IOException {
    close();
    in = opening.at(0);
  }

  /** The bytes before the first that {@link #read} gives, as far as they were compared. */
  byte[] overlap() {
    return overlap.clone();
  }

  /** As {@link InputStream#read(byte[], int, int)}; the end may be a break. */
  int read(byte[] bytes, int from, int length) {
    if (fault.isPresent()) {
      return -1;
    }
    try {
      return in.read(bytes, from, length);
    } catch (IOException e) {
      fault = Optional.of(e);
      return -1;
    }
  }

  /** What it broke off from, if it did. */
  Optional<IOException> fault() {
    return fault;
  }

  @Override
  public void close() {
    overlap = new byte[0];
    try {
      in.close();
    } catch (IOException nothingMoreIsWanted) {
      // All that will be read has been read.
      return;
    }
  }
}
