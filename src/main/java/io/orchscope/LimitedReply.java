package io.orchscope;

import io.orchscope.mdso.ReplyTooLargeException;
import io.orchscope.step.LargeReplies;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * Reply of a remote system, limited in size and time.
 *
 * <p>Its connection is kept for the next call when the reply was read to its end, and closed when
 * it was not. A reader that knows the length of a reply does not look for the end of the stream;
 * the reply is complete all the same.
 */
final class LimitedReply extends HttpEntityWrapper {

  /** Of a refusal nobody needs more. */
  private static final int REFUSAL_BYTES = 64 * 1024;

  private final Terms terms;

  /**
   * When a reply ends.
   *
   * @param circuit that it is about; empty for none
   * @param deadline on the clock of {@link System#nanoTime}
   * @param isRefusal whether the rest is left unread in place of a fault
   * @param hangUp leaves the connection without reading the rest of it
   */
  record Terms(
      LargeReplies replies, String circuit, long deadline, boolean isRefusal, Runnable hangUp) {}

  LimitedReply(HttpEntity entity, Terms terms) {
    super(entity);
    this.terms = terms;
  }

  @Override
  public InputStream getContent() throws IOException {
    return new Limited(super.getContent(), getContentLength(), terms);
  }

  @Override
  public void writeTo(OutputStream to) throws IOException {
    AbstractHttpEntity.writeTo(this, to);
  }

  /** Counts bytes and looks at the clock. */
  private static final class Limited extends FilterInputStream {

    private final Terms terms;
    private final long length;
    private long deadline;
    private long count;
    private boolean isLarge;
    private boolean isOver;
    private boolean isBroken;

    /** Shape: a length below zero is unknown, since the reply is chunked or was compressed. */
    Limited(InputStream reply, long length, Terms terms) {
      super(reply);
      this.length = length;
      this.terms = terms;
      this.deadline = terms.deadline();
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      int read = read(one, 0, 1);
      return read < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      if (isOver) {
        return -1;
      }
      int read = received(bytes, from, length);
      if (read < 0) {
        end();
        return -1;
      }
      count += read;
      if (System.nanoTime() > deadline) {
        hangUp();
        throw new SocketTimeoutException(
            "The reply took longer than http.longest-call; bytes so far: " + count);
      }
      if (terms.isRefusal() && count > REFUSAL_BYTES) {
        hangUp();
      } else if (count > terms.replies().mostBytes()) {
        hangUp();
        throw new ReplyTooLargeException("The reply is", terms.replies().mostBytes());
      } else if (count > LargeReplies.SMALL && !isLarge) {
        waitForTurn();
      }
      return read;
    }

    private int received(byte[] bytes, int from, int length) throws IOException {
      try {
        return in.read(bytes, from, length);
      } catch (IOException | RuntimeException fault) {
        isBroken = true;
        throw fault;
      }
    }

    /** By reading, so that what is skipped counts too. */
    @Override
    public long skip(long most) throws IOException {
      byte[] skipped = new byte[(int) Math.max(0, Math.min(most, 8192))];
      return Math.max(0, read(skipped, 0, skipped.length));
    }

    @Override
    public boolean markSupported() {
      return false;
    }

    /** What is waited here is not the neighbour's fault. */
    private void waitForTurn() throws IOException {
      long from = System.nanoTime();
      try {
        terms.replies().enter(terms.circuit());
      } catch (IOException noTurn) {
        hangUp();
        throw noTurn;
      }
      isLarge = true;
      deadline += System.nanoTime() - from;
    }

    private void hangUp() {
      terms.hangUp().run();
      end();
    }

    private void end() {
      if (isLarge && !isOver) {
        terms.replies().hasRead(terms.circuit(), count);
      }
      isOver = true;
    }

    @Override
    public void close() throws IOException {
      boolean isComplete = isOver || isComplete();
      end();
      if (!isComplete) {
        terms.hangUp().run();
      }
      super.close();
    }

    /**
     * Whether nothing of the reply is left to read. Of a chunked reply only its last, empty chunk
     * says so, for which one more read waits no longer than any other; more bytes in its place mean
     * that the reader did not want the rest.
     */
    private boolean isComplete() {
      if (isBroken) {
        return false;
      }
      if (length >= 0) {
        return count >= length;
      }
      try {
        return in.available() == 0 && in.read() < 0;
      } catch (IOException | RuntimeException broken) {
        return false;
      }
    }
  }
}
