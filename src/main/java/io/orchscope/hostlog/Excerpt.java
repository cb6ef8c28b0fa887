package io.orchscope.hostlog;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * What of a log is about a device. It is kept in memory, compressed, since logs shrink to a tenth,
 * and cut at a limit.
 */
final class Excerpt {

  private final long most;
  private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
  private Optional<Deflater> deflater = Optional.empty();
  private Optional<DeflaterOutputStream> out = Optional.empty();
  private long length;
  private boolean isCut;

  /** At most so many bytes. */
  Excerpt(long most) {
    this.most = most;
  }

  /** Adds a record, or a piece of one; nothing once it is cut. */
  void add(byte[] text, int from, int to) {
    int room = (int) Math.min(to - from, most - length);
    isCut |= room < to - from;
    length += room;
    try {
      out().write(text, from, room);
    } catch (IOException e) {
      throw new UncheckedIOException("Memory takes every byte.", e);
    }
  }

  /** Whether there was more to be added than fits. */
  boolean isCut() {
    return isCut;
  }

  boolean isEmpty() {
    return length == 0;
  }

  /** What was added; nothing can be added from now on. */
  byte[] end() {
    try {
      out().close();
      return packed.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("Memory takes every byte.", e);
    } finally {
      deflater.ifPresent(Deflater::end);
    }
  }

  /** Most logs have nothing for it, and a deflater takes memory outside of the heap. */
  private DeflaterOutputStream out() {
    if (out.isEmpty()) {
      deflater = Optional.of(new Deflater(Deflater.BEST_SPEED));
      out = Optional.of(new DeflaterOutputStream(packed, deflater.get()));
    }
    return out.get();
  }

  /** The text of what {@link #end} gave. */
  static InputStream text(byte[] packed) {
    return new InflaterInputStream(new ByteArrayInputStream(packed));
  }
}
