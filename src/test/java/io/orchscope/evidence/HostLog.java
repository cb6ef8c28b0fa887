package io.orchscope.evidence;

import io.orchscope.hostlog.FoundLog;
import io.orchscope.hostlog.LogKind;
import io.orchscope.hostlog.LogOrigin;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * A log on a host that only exists here. It can be written on, rotated, and break off.
 *
 * <p>It counts what was read of it.
 */
final class HostLog implements FoundLog {

  static final String PLAN_LOG =
      "plan-script-6b1d0c2e-0000-11ee-9000-0000000000bb-activate-2024-03-01T14:06:30.001Z";
  static final Instant WRITTEN = Instant.parse("2024-03-01T14:07:00Z");

  private final LogOrigin origin;
  private final boolean resumable;
  private byte[] bytes;
  private Instant modifiedAt = WRITTEN;
  private long breaksAt = Long.MAX_VALUE;
  private IOException fault = new IOException("connection reset");
  private long read;

  private HostLog(LogOrigin origin, boolean resumable, byte[] bytes) {
    this.origin = origin;
    this.resumable = resumable;
    this.bytes = bytes;
  }

  /** A plan script's log, which can be read from any offset. */
  static HostLog plan(String host, String name, byte[] bytes) {
    String path = "/opt/ciena/bp2/scriptplan/log/plan-log/" + name;
    return new HostLog(new LogOrigin(host, path, LogKind.PLAN, Optional.empty()), true, bytes);
  }

  static HostLog plan(String host, String name, String text) {
    return plan(host, name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** What of an adapter's log is about a device: it can only be read from its beginning. */
  static HostLog ra(String host, String device, String name, String text) {
    String path = "/opt/ciena/bp2/rajuniper/log/" + name;
    return new HostLog(
        new LogOrigin(host, path, LogKind.RA, Optional.of(device)),
        false,
        text.getBytes(StandardCharsets.UTF_8));
  }

  /** The host's file holds this from now on. */
  HostLog holds(byte[] other) {
    bytes = other.clone();
    modifiedAt = modifiedAt.plusSeconds(1);
    return this;
  }

  HostLog holds(String other) {
    return holds(other.getBytes(StandardCharsets.UTF_8));
  }

  /** Reading it breaks off at an offset. */
  HostLog breaksAt(long offset) {
    breaksAt = offset;
    return this;
  }

  HostLog breaksAt(long offset, IOException with) {
    fault = with;
    return breaksAt(offset);
  }

  HostLog breaksNoMore() {
    return breaksAt(Long.MAX_VALUE);
  }

  /** Bytes that were read since this was asked last. */
  long read() {
    long sum = read;
    read = 0;
    return sum;
  }

  byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public LogOrigin origin() {
    return origin;
  }

  @Override
  public Instant modifiedAt() {
    return modifiedAt;
  }

  @Override
  public boolean isResumable() {
    return resumable;
  }

  @Override
  public InputStream open(long offset) throws IOException {
    if (offset > 0 && !resumable) {
      throw new IllegalArgumentException("It can only be read from its beginning.");
    }
    if (breaksAt == 0) {
      throw fault;
    }
    int from = (int) Math.min(offset, bytes.length);
    return new Reading(Arrays.copyOfRange(bytes, from, bytes.length), from);
  }

  /** Gives a few bytes at a time, as a network does. */
  private final class Reading extends InputStream {

    private static final int MOST = 37;

    private final ByteArrayInputStream in;
    private long at;

    private Reading(byte[] rest, long from) {
      this.in = new ByteArrayInputStream(rest);
      this.at = from;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      if (at >= breaksAt) {
        throw fault;
      }
      int most = (int) Math.min(Math.min(length, MOST), breaksAt - at);
      int count = in.read(into, from, most);
      at += Math.max(0, count);
      read += Math.max(0, count);
      return count;
    }
  }
}
