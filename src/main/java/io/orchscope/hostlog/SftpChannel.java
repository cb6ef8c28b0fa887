package io.orchscope.hostlog;

import io.orchscope.hostlog.LogGap.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpErrorDataHandler;
import org.apache.sshd.sftp.client.SftpVersionSelector;
import org.apache.sshd.sftp.client.impl.DefaultSftpClient;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;

/**
 * One SFTP channel of a connection, for one question at a time: MINA SSHD 2.16 refuses a second
 * write while the first one is not out. Files that are open belong to it.
 */
final class SftpChannel {

  private final SftpClient client;
  private final Duration answer;
  private final ReentrantLock turn = new ReentrantLock(true);
  private final AtomicLong answers = new AtomicLong();

  /** Opens it. Errors: those of the library. */
  SftpChannel(ClientSession session, Duration answer) throws IOException {
    this.client = new Patient(session, answer);
    this.answer = answer;
  }

  boolean isOpen() {
    return client.isOpen() && client.getClientSession().isOpen();
  }

  /** Whether it has never given an answer, so that asking on another one would not help. */
  boolean isFresh() {
    return answers.get() == 0;
  }

  /**
   * Asks, and waits for the answer.
   *
   * <p>Errors: {@link HostFault}; after TIMED_OUT and BROKE_OFF the channel is closed.
   *
   * @param what it is about, for people
   */
  <T> T ask(String what, Question<T> question) throws HostFault {
    enter(what);
    try {
      T given = question.ask(client);
      answers.incrementAndGet();
      return given;
    } catch (SftpException e) {
      answers.incrementAndGet();
      throw refusal(what, e);
    } catch (IOException | RuntimeException e) {
      close();
      throw failure(what, e);
    } finally {
      turn.unlock();
    }
  }

  void close() {
    client.getClientChannel().close(true);
  }

  private void enter(String what) throws HostFault {
    try {
      if (!turn.tryLock(answer.toMillis() * 2, TimeUnit.MILLISECONDS)) {
        throw new HostFault(Reason.TIMED_OUT, what + ": others wait for answers, too");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostFault(Reason.BROKE_OFF, what + ": interrupted", e);
    }
  }

  private static HostFault refusal(String what, SftpException refusal) {
    return switch (refusal.getStatus()) {
      case SftpConstants.SSH_FX_NO_SUCH_FILE, SftpConstants.SSH_FX_NO_SUCH_PATH ->
          new HostFault(Reason.NOT_FOUND, what + " is not there", refusal);
      case SftpConstants.SSH_FX_CONNECTION_LOST, SftpConstants.SSH_FX_NO_CONNECTION ->
          new HostFault(Reason.BROKE_OFF, what + ": " + refusal.getMessage(), refusal);
      case SftpConstants.SSH_FX_PERMISSION_DENIED ->
          new HostFault(Reason.NOT_READABLE, what + " may not be read", refusal);
      default -> new HostFault(Reason.NOT_READABLE, what + ": " + refusal.getMessage(), refusal);
    };
  }

  /** Whatever a server sends that is no SFTP ends in some exception of the library. */
  private static HostFault failure(String what, Exception failure) {
    if (failure instanceof SocketTimeoutException) {
      return new HostFault(Reason.TIMED_OUT, what + ": " + failure.getMessage(), failure);
    }
    if (failure instanceof InterruptedIOException) {
      Thread.currentThread().interrupt();
    }
    return new HostFault(Reason.BROKE_OFF, what + ": " + failure.getMessage(), failure);
  }

  /** One or more requests. */
  interface Question<T> {
    T ask(SftpClient client) throws IOException;
  }

  /** The library would wait as long for an answer as for a connection that nobody uses. */
  private static final class Patient extends DefaultSftpClient {

    private final Duration answer;

    private Patient(ClientSession session, Duration answer) throws IOException {
      // What OpenSSH speaks.
      super(
          session,
          SftpVersionSelector.fixedVersionSelector(SftpConstants.SFTP_V3),
          SftpErrorDataHandler.EMPTY);
      this.answer = answer;
    }

    @Override
    public Buffer receive(int id) throws IOException {
      Buffer buffer = receive(id, answer);
      if (buffer == null) {
        throw new SocketTimeoutException("no answer within " + answer.toMillis() + " ms");
      }
      return buffer;
    }
  }
}
