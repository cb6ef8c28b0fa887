package io.orchscope.hostlog;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.RequestHandler;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.channel.ChannelSessionFactory;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.Handle;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.apache.sshd.sftp.server.SftpSubsystem;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** A host with an SSH server that has SFTP and notes down whatever else it is asked for. */
final class LogServer implements AutoCloseable {

  /** Happens before the server reads from a file. */
  interface BeforeRead {
    void reads(ServerSession session, long offset) throws IOException;
  }

  private final Path folder;
  private final SshServer server = SshServer.setUpDefaultServer();
  private final List<KeyPair> hostKeys;
  private final Set<PublicKey> welcome = ConcurrentHashMap.newKeySet();
  private final AtomicInteger logins = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();
  private final Set<Integer> channels = ConcurrentHashMap.newKeySet();
  private final AtomicReference<String> refused = new AtomicReference<>("/");
  private volatile BeforeRead beforeRead = (session, offset) -> {};

  /**
   * Starts on a free port.
   *
   * @param folder for keys; the host's root is {@code root} in it
   */
  LogServer(Path folder) throws IOException {
    this(folder, List.of(KeyPairProvider.SSH_ED25519));
  }

  LogServer(Path folder, List<String> hostKeyTypes) throws IOException {
    this.folder = folder;
    Files.createDirectories(root());
    hostKeys = hostKeyTypes.stream().map(LogServer::key).toList();
    server.setHost("127.0.0.1");
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKeys));
    server.setPublickeyAuthenticator((user, key, session) -> isWelcome(key));
    server.setFileSystemFactory(new VirtualFileSystemFactory(root()));
    server.setSubsystemFactories(List.of(new LikeOpenSsh()));
    server.setChannelFactories(List.of(new Noted()));
    server.addSessionListener(new Counted());
    server.start();
  }

  /** Where the host's files are. */
  Path root() {
    return folder.resolve("root");
  }

  /** This host, with a key that it takes. */
  LogHost host(String name) throws IOException {
    return host(name, Optional.of(newKey("")), knownHosts(hostKeys));
  }

  LogHost host(String name, Optional<Path> key, Path knownHosts) {
    return new LogHost(
        name, new LogHost.Ssh("127.0.0.1", server.getPort(), "orchscope", key, knownHosts));
  }

  /** The file of a new key that the server takes. */
  Path newKey(String passphrase) throws IOException {
    KeyPair pair = key(KeyPairProvider.SSH_ED25519);
    welcome.add(pair.getPublic());
    return write(pair, passphrase);
  }

  /** The file of a key that nobody knows. */
  Path strangeKey() throws IOException {
    return write(key(KeyPairProvider.SSH_ED25519), "");
  }

  void welcome(PublicKey key) {
    welcome.add(key);
  }

  List<KeyPair> hostKeys() {
    return hostKeys;
  }

  /** A file that says that this host has these keys. */
  Path knownHosts(List<KeyPair> keys) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (KeyPair key : keys) {
      lines.append("[127.0.0.1]:" + server.getPort() + " ");
      lines.append(PublicKeyEntry.toString(key.getPublic())).append('\n');
    }
    return Files.writeString(Files.createTempFile(folder, "known", ""), lines);
  }

  void beforeRead(BeforeRead action) {
    beforeRead = action;
  }

  /** Connections that got as far as a log-in. */
  int logins() {
    return logins.get();
  }

  /** All connections. */
  int connections() {
    return connections.get();
  }

  /** What was read of files. */
  long bytes() {
    return bytes.get();
  }

  /** Every request on a channel but the one for SFTP. */
  List<String> otherRequests() {
    return requests.stream().filter(request -> !request.equals("subsystem")).toList();
  }

  int channels() {
    return channels.size();
  }

  /** Whatever has this in its name is not opened any more. */
  void refuse(String name) {
    refused.set(name);
  }

  void dropAll() {
    server.getActiveSessions().forEach(session -> session.close(true));
  }

  @Override
  public void close() throws IOException {
    server.stop(true);
  }

  static KeyPair key(String type) {
    try {
      return KeyUtils.generateKeyPair(type, type.equals(KeyPairProvider.SSH_RSA) ? 2048 : 256);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java makes keys.", e);
    }
  }

  private boolean isWelcome(PublicKey key) {
    return welcome.stream().anyMatch(known -> KeyUtils.compareKeys(known, key));
  }

  private Path write(KeyPair pair, String passphrase) throws IOException {
    Path file = Files.createTempFile(folder, "key", "");
    try (OutputStream out = Files.newOutputStream(file)) {
      OpenSSHKeyEncryptionContext secret = new OpenSSHKeyEncryptionContext();
      secret.setPassword(passphrase);
      secret.setCipherType("256");
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(
          pair, "test", passphrase.isEmpty() ? null : secret, out);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
    return file;
  }

  private final class Counted implements SessionListener {

    @Override
    public void sessionCreated(Session session) {
      connections.incrementAndGet();
    }

    @Override
    public void sessionEvent(Session session, Event event) {
      if (event == Event.Authenticated) {
        logins.incrementAndGet();
      }
    }
  }

  private final class Reads implements SftpEventListener {

    @Override
    public void opening(ServerSession session, String remote, Handle handle) throws IOException {
      if (String.valueOf(handle.getFile().getFileName()).contains(refused.get())) {
        throw new AccessDeniedException(refused.get());
      }
    }

    @Override
    public void reading(
        ServerSession session,
        String handle,
        FileHandle file,
        long offset,
        byte[] into,
        int start,
        int length)
        throws IOException {
      beforeRead.reads(session, offset);
    }

    @Override
    public void read(
        ServerSession session,
        String handle,
        FileHandle file,
        long offset,
        byte[] into,
        int start,
        int length,
        int count,
        Throwable thrown) {
      bytes.addAndGet(Math.max(0, count));
    }
  }

  /** Links are listed as links, and followed when they are named. */
  private final class LikeOpenSsh extends SftpSubsystemFactory {

    @Override
    public Command createSubsystem(ChannelSession channel) {
      SftpSubsystem subsystem =
          new SftpSubsystem(channel, this) {
            @Override
            protected boolean resolvePathResolutionFollowLinks(
                int command, String extension, Path path) {
              return command != SftpConstants.SSH_FXP_READDIR
                  && command != SftpConstants.SSH_FXP_LSTAT;
            }
          };
      subsystem.addSftpEventListener(new Reads());
      return subsystem;
    }
  }

  private final class Noted extends ChannelSessionFactory {

    @Override
    public Channel createChannel(Session session) {
      ChannelSession channel = new ChannelSession();
      channels.add(System.identityHashCode(channel));
      channel.addRequestHandler(
          (asked, request, wantReply, buffer) -> {
            requests.add(request);
            return RequestHandler.Result.Unsupported;
          });
      return channel;
    }
  }
}
