package io.orchscope.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;

/** One port of loopback for each way in which a device may behave; each stands for many devices. */
final class DeviceServers implements AutoCloseable {

  private final Credentials credentials;
  private final Counters counters;
  private final Map<DeviceManner, Integer> ports = new EnumMap<>(DeviceManner.class);
  private final Map<DeviceManner, SshServer> servers = new EnumMap<>(DeviceManner.class);
  private final Socket closed = new Socket();
  private final AtomicInteger open = new AtomicInteger();

  /** Starts nothing yet. */
  DeviceServers(Credentials credentials, Counters counters) {
    this.credentials = credentials;
    this.counters = counters;
  }

  /**
   * Starts all of them.
   *
   * @param port of the first one; the others take those after it. 0 means free ports
   */
  void start(Vertx vertx, int port) {
    for (DeviceManner manner : DeviceManner.values()) {
      int own = port == 0 ? 0 : port + ports.size();
      ports.put(
          manner,
          switch (manner) {
            case ANSWERS, ASKS_FIRST, REFUSES_LOGIN -> listen(manner, own);
            case HANGS -> hang(vertx, own);
            case REFUSES -> refuse(own);
          });
    }
  }

  /** Where devices of a manner are, on 127.0.0.1; 0 when nothing was started. */
  int port(DeviceManner manner) {
    return ports.getOrDefault(manner, 0);
  }

  boolean isStarted() {
    return !ports.isEmpty();
  }

  @Override
  public void close() {
    try {
      for (SshServer server : servers.values()) {
        server.stop(true);
      }
      closed.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int listen(DeviceManner manner, int port) {
    SshServer ssh = SshServer.setUpDefaultServer();
    ssh.setHost("127.0.0.1");
    ssh.setPort(port);
    ssh.setNioWorkers(1);
    ssh.setKeyPairProvider(KeyPairProvider.wrap(SshKeys.newPair()));
    CoreModuleProperties.WELCOME_BANNER.set(ssh, "Authorised people only.\n");
    ssh.setUserAuthFactories(List.of(UserAuthPasswordFactory.INSTANCE));
    ssh.setPasswordAuthenticator((user, password, session) -> lets(manner, user, password));
    ssh.setShellFactory(channel -> new DeviceShell(manner == DeviceManner.ASKS_FIRST, counters));
    ssh.addSessionListener(new Guests());
    try {
      ssh.start();
    } catch (IOException e) {
      throw new UncheckedIOException("No device can listen on port " + port, e);
    }
    servers.put(manner, ssh);
    return ssh.getPort();
  }

  private boolean lets(DeviceManner manner, String user, String password) {
    boolean right =
        manner != DeviceManner.REFUSES_LOGIN
            && user.equals(credentials.username())
            && password.equals(credentials.password());
    counters.count(right ? "devices.logins" : "devices.logins.refused");
    return right;
  }

  private int hang(Vertx vertx, int port) {
    return vertx
        .createNetServer(new NetServerOptions().setHost("127.0.0.1").setPort(port))
        .connectHandler(
            socket -> {
              come();
              socket.closeHandler(closing -> open.decrementAndGet());
            })
        .listen()
        .toCompletionStage()
        .toCompletableFuture()
        .join()
        .actualPort();
  }

  /** A port that is taken and on which nobody listens refuses connections, whoever asks. */
  private int refuse(int port) {
    try {
      closed.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return closed.getLocalPort();
  }

  private void come() {
    counters.count("devices.connections");
    counters.most("devices.connections.most", open.incrementAndGet());
  }

  /** Counts who is there. */
  private final class Guests implements SessionListener {
    @Override
    public void sessionCreated(Session session) {
      come();
    }

    @Override
    public void sessionClosed(Session session) {
      open.decrementAndGet();
    }
  }
}
