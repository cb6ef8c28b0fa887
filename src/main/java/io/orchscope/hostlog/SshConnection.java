package io.orchscope.hostlog;

import io.orchscope.hostlog.LogGap.Reason;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;

/**
 * The one connection to a host, made when it is needed and again when it broke, with a few SFTP
 * channels. Safe for any number of threads; while it is made, all wait for it.
 */
final class SshConnection {

  private final SshClients clients;
  private final LogHost.Ssh host;
  private final HostLimits limits;
  private final HostCounters counters;
  private final Setback setback;
  private final List<SftpChannel> channels = new ArrayList<>();
  private volatile Optional<SshClient> client = Optional.empty();
  private Optional<ClientSession> session = Optional.empty();
  private int next;
  private volatile boolean isClosed;

  SshConnection(
      SshClients clients,
      LogHost.Ssh host,
      HostLimits limits,
      HostCounters counters,
      Setback setback) {
    this.clients = clients;
    this.host = host;
    this.limits = limits;
    this.counters = counters;
    this.setback = setback;
  }

  /** A channel, each in turn. Errors: {@link HostFault}, at once while the host is left alone. */
  synchronized SftpChannel channel() throws HostFault {
    if (isClosed) {
      throw new HostFault(Reason.BROKE_OFF, "The program is stopping");
    }
    setback.requireNone();
    try {
      if (session.filter(ClientSession::isOpen).isPresent()) {
        try {
          return open(session.get());
        } catch (IOException | RuntimeException e) {
          // It was gone without a word; a new connection tells.
          drop();
        }
      }
      return open(connect());
    } catch (IOException | RuntimeException e) {
      drop();
      HostFault fault = e instanceof HostFault ours ? ours : fault(e);
      throw isClosed ? fault : setback.note(fault);
    }
  }

  /** Takes note of what came of a question: a host that does not answer is left alone. */
  synchronized void failed(HostFault fault) {
    if (fault.reason() == Reason.TIMED_OUT) {
      drop();
      setback.note(fault);
    }
  }

  /** Ends it; who waits for a connection waits no longer. */
  void close() {
    isClosed = true;
    client.ifPresent(SshClient::stop);
  }

  private SftpChannel open(ClientSession open) throws IOException {
    channels.removeIf(channel -> !channel.isOpen());
    if (channels.size() < limits.channels()) {
      try {
        channels.add(new SftpChannel(open, limits.answer()));
      } catch (IOException | RuntimeException e) {
        // Some servers allow fewer channels than we would like.
        if (channels.isEmpty() || !open.isOpen()) {
          throw e;
        }
      }
    }
    next = (next + 1) % channels.size();
    return channels.get(next);
  }

  private ClientSession connect() throws IOException {
    drop();
    SshClient mine = client.orElseGet(() -> clients.client(host));
    client = Optional.of(mine);
    if (isClosed) {
      mine.stop();
    }
    clients.expectKnownKeys(host, mine);
    ClientSession fresh =
        mine.connect(host.user(), host.host(), host.port()).verify(limits.connect()).getSession();
    session = Optional.of(fresh);
    clients.identify(host, fresh);
    fresh.auth().verify(limits.connect());
    counters.connected();
    return fresh;
  }

  private void drop() {
    channels.clear();
    session.ifPresent(it -> it.close(true));
    session = Optional.empty();
  }

  private HostFault fault(Exception failure) {
    String where = host.user() + "@" + host.host() + ":" + host.port() + ": ";
    if (failure instanceof SshException ssh
        && ssh.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_HOST_KEY_NOT_VERIFIABLE) {
      return new HostFault(
          Reason.HOST_KEY_UNKNOWN, where + "its key is not in " + host.knownHosts(), failure);
    }
    if (failure instanceof SshException ssh
        && ssh.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE) {
      return new HostFault(Reason.KEY_REFUSED, where + "it does not take our key", failure);
    }
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root instanceof TimeoutException || root instanceof SocketTimeoutException
        ? new HostFault(Reason.TIMED_OUT, where + "it does not answer in time", failure)
        : new HostFault(Reason.UNREACHABLE, where + root.getMessage(), failure);
  }
}
