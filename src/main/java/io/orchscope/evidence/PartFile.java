package io.orchscope.evidence;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A file that is being written from a length on. What has not been forced may be lost. */
final class PartFile extends OutputStream {

  private final LogDisk disk;
  private final FileChannel channel;
  private final ByteBuffer buffer;
  private long bytes;

  PartFile(Path file, long length, LogDisk disk, int buffer) throws IOException {
    this.disk = disk;
    this.channel = disk.open(file, length);
    this.buffer = ByteBuffer.allocate(buffer);
    this.bytes = length;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] source, int from, int length) throws IOException {
    int at = from;
    int end = from + length;
    while (at < end) {
      int piece = Math.min(end - at, buffer.remaining());
      buffer.put(source, at, piece);
      at += piece;
      if (!buffer.hasRemaining()) {
        empty();
      }
    }
    bytes += length;
  }

  private void empty() throws IOException {
    buffer.flip();
    disk.append(channel, buffer);
    buffer.clear();
  }

  /** Its length, what is not on the disk yet included. */
  long bytes() {
    return bytes;
  }

  /** All that was written is on the disk. */
  void force() throws IOException {
    if (buffer.position() > 0) {
      empty();
    }
    disk.force(channel);
  }

  /** Cuts off what does not count after a fault, so that a full disk has its room again. */
  void giveBack(long length) {
    try {
      disk.cut(channel, length);
    } catch (IOException refused) {
      // Whoever goes on with it cuts it, too.
      return;
    }
  }

  /** Forces nothing. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
