package io.orchscope.simulator;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A file of a simulated host while it is read. */
final class HostChannel implements SeekableByteChannel {

  /** Sees every byte before it goes out, and may hold it up or refuse it. */
  interface Gate {

    /** How many bytes may go out now, at least one. Errors: {@link IOException} when none ever. */
    int pass(int bytes) throws IOException;
  }

  private final long size;
  private final ByteContent content;
  private final Gate gate;
  private long position;
  private boolean open = true;

  HostChannel(HostFile file, Gate gate) {
    this.size = file.size();
    this.content = file.content().get();
    this.gate = gate;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (!open) {
      throw new ClosedChannelException();
    }
    if (position >= size) {
      return -1;
    }
    int wanted = gate.pass((int) Math.min(into.remaining(), size - position));
    ByteBuffer part = into.slice();
    part.limit(wanted);
    while (part.hasRemaining()) {
      content.read(position + part.position(), part);
    }
    into.position(into.position() + wanted);
    position += wanted;
    return wanted;
  }

  @Override
  public int write(ByteBuffer from) {
    throw new NonWritableChannelException();
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    position = newPosition;
    return this;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public SeekableByteChannel truncate(long newSize) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
  }
}
