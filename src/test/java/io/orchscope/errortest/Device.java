package io.orchscope.errortest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.UserAuthFactory;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/** A device that speaks SSH, at a free port of loopback; it knows one account. */
final class Device implements AutoCloseable {

  static final String PASSWORD = "correct-horse-battery";

  private final SshServer server = SshServer.setUpDefaultServer();
  private final Queue<String> passwords = new ConcurrentLinkedQueue<>();
  private final Queue<String> typed = new ConcurrentLinkedQueue<>();
  private final AtomicInteger sessions = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger mostOpen = new AtomicInteger();
  private final List<String> says;

  /**
   * Starts one.
   *
   * @param says what it writes first, and what after each line that is typed
   */
  Device(KeyPair key, String... says) throws IOException {
    this.says = List.of(says);
    server.setHost("127.0.0.1");
    server.setKeyPairProvider(KeyPairProvider.wrap(key));
    server.setPasswordAuthenticator(
        (user, password, session) -> {
          passwords.add(password);
          return user.equals("orchscope") && password.equals(PASSWORD);
        });
    server.setUserAuthFactories(bothWays());
    server.setShellFactory(channel -> new Shell());
    server.addSessionListener(new Counter());
    CoreModuleProperties.SERVER_IDENTIFICATION.set(server, "DEVICE-9.2");
    server.start();
  }

  static KeyPair newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static List<UserAuthFactory> bothWays() {
    return List.of(UserAuthPasswordFactory.INSTANCE, UserAuthKeyboardInteractiveFactory.INSTANCE);
  }

  /** Lets nobody in but by question and answer. */
  Device withQuestionsOnly() {
    server.setUserAuthFactories(List.of(UserAuthKeyboardInteractiveFactory.INSTANCE));
    return this;
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort());
  }

  /** All that were tried. */
  List<String> passwords() {
    return List.copyOf(passwords);
  }

  /** All that was typed at its prompt. */
  List<String> typed() {
    return List.copyOf(typed);
  }

  /** How often somebody has begun to speak SSH. */
  int sessions() {
    return sessions.get();
  }

  /** How many were between the key exchange and the first prompt at the same time. */
  int mostOpen() {
    return mostOpen.get();
  }

  @Override
  public void close() throws IOException {
    server.stop(true);
  }

  private final class Counter implements SessionListener {

    @Override
    public void sessionEvent(Session session, Event event) {
      if (event == Event.KeyEstablished) {
        sessions.incrementAndGet();
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
      }
    }
  }

  /** What somebody sees who is let in. */
  private final class Shell implements Command, Runnable {

    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();

    @Override
    public void setInputStream(InputStream stream) {
      in = stream;
    }

    @Override
    public void setOutputStream(OutputStream stream) {
      out = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {}

    @Override
    public void setExitCallback(ExitCallback callback) {}

    @Override
    public void start(ChannelSession channel, Environment environment) {
      Thread thread = new Thread(this, "device-shell");
      thread.setDaemon(true);
      thread.start();
    }

    @Override
    public void destroy(ChannelSession channel) {}

    @Override
    public void run() {
      // Before its guest can have gone: nobody is counted twice.
      open.decrementAndGet();
      try {
        StringBuilder line = new StringBuilder();
        for (String text : says) {
          out.write(text.getBytes(StandardCharsets.UTF_8));
          out.flush();
          int octet = in.read();
          while (octet >= 0 && octet != '\r') {
            line.append((char) octet);
            octet = in.read();
          }
          if (octet < 0) {
            return;
          }
          typed.add(line.toString());
          line.setLength(0);
        }
      } catch (IOException gone) {
        typed.add("gone");
      }
    }
  }
}
