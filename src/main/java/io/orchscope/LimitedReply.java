package io.orchscope;

import io.orchscope.mdso.ReplyTooLargeException;
import io.orchscope.step.LargeReplies;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** A reply that ends where it has to. */
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
    return new Limited(super.getContent(), terms);
  }

  /** Counts bytes and looks at the clock. */
  private static final class Limited extends FilterInputStream {

    private final Terms terms;
    private long deadline;
    private long count;
    private boolean isLarge;
    private boolean isOver;

    Limited(InputStream reply, Terms terms) {
      super(reply);
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
      int read = in.read(bytes, from, length);
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
      boolean early = !isOver;
      end();
      if (early) {
        terms.hangUp().run();
      }
      super.close();
    }
  }
}
