package io.orchscope.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.file.FileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpFileSystemAccessor;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.apache.sshd.sftp.server.SftpSubsystemProxy;

/**
 * One host on which MDSO logs: SFTP for whoever has the key, to read and nothing else. Whoever asks
 * it to run something is refused and remembered.
 */
final class LogHostServer implements AutoCloseable {

  private static final AttributeRepository.AttributeKey<AtomicLong> READ =
      new AttributeRepository.AttributeKey<>();
  private static final long SECOND = 1_000_000_000L;

  private final String name;
  private final SshKeys keys;
  private final HostFileProvider files;
  private final Counters counters;
  private final Consumer<String> commands;
  private final KeyPair key = SshKeys.newPair();
  private final AtomicLong nextRead = new AtomicLong(System.nanoTime());
  private final LogHost host;
  private volatile LogHostFaults faults = LogHostFaults.none();
  private SshServer server;

  /**
   * Listens on a port, or on any that is free when it is 0.
   *
   * @param keys say whom it lets in
   * @param commands is told what somebody wanted to run
   */
  LogHostServer(
      String name,
      int port,
      SshKeys keys,
      HostDisk disk,
      Counters counters,
      Consumer<String> commands) {
    this.name = name;
    this.keys = keys;
    this.files = new HostFileProvider(disk);
    this.counters = counters;
    this.commands = commands;
    this.server = listening(port);
    this.host = new LogHost(name, "127.0.0.1", server.getPort());
  }

  LogHost host() {
    return host;
  }

  /** By which it says who it is. */
  KeyPair key() {
    return key;
  }

  /** From now on these go wrong. */
  synchronized void setFaults(LogHostFaults now) {
    boolean wasDown = faults.down();
    faults = now;
    if (now.down() && !wasDown) {
      close();
    } else if (wasDown && !now.down()) {
      server = listening(host.port());
    }
  }

  @Override
  public synchronized void close() {
    try {
      server.stop(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SshServer listening(int port) {
    SshServer ssh = SshServer.setUpDefaultServer();
    ssh.setHost("127.0.0.1");
    ssh.setPort(port);
    ssh.setNioWorkers(1);
    ssh.setKeyPairProvider(KeyPairProvider.wrap(key));
    ssh.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
    ssh.setPublickeyAuthenticator(this::lets);
    ssh.setFileSystemFactory(new OneDisk());
    ssh.setSubsystemFactories(
        List.of(new SftpSubsystemFactory.Builder().withFileSystemAccessor(new Reading()).build()));
    ssh.setCommandFactory((channel, command) -> refused(command));
    ssh.setShellFactory(channel -> refused("a shell"));
    try {
      ssh.start();
    } catch (IOException e) {
      throw new UncheckedIOException("Host " + name + " cannot listen on port " + port, e);
    }
    return ssh;
  }

  private boolean lets(String user, PublicKey offered, ServerSession session) {
    boolean right = !faults.refusesKey() && keys.accept(user, offered);
    if (right && session.getAttribute(READ) == null) {
      session.setAttribute(READ, new AtomicLong());
      counters.count("loghost.connections." + name);
    }
    return right;
  }

  private Command refused(String command) throws IOException {
    counters.count("loghost.exec");
    commands.accept(name + ": " + command);
    throw new IOException("Nothing is run here.");
  }

  /** Lets bytes pass as fast and as many as the faults say. */
  private int pass(ServerSession session, int bytes) throws IOException {
    LogHostFaults now = faults;
    AtomicLong read = session.computeAttributeIfAbsent(READ, key -> new AtomicLong());
    int passing = bytes;
    if (now.dropAfterBytes() > 0) {
      passing = (int) Math.min(bytes, now.dropAfterBytes() - read.get());
      if (passing <= 0) {
        session.close(true);
        throw new IOException("The connection breaks off, as it should.");
      }
    }
    if (now.bytesPerSecond() > 0) {
      passing = (int) Math.max(1, Math.min(passing, now.bytesPerSecond() / 10));
      await(passing * SECOND / now.bytesPerSecond());
    }
    read.addAndGet(passing);
    counters.add("loghost.bytes", passing);
    counters.add("loghost.bytes." + name, passing);
    return passing;
  }

  /** Waits until it is this read's turn: all readers share one line. */
  private void await(long nanos) throws IOException {
    long now = System.nanoTime();
    long turn = nextRead.updateAndGet(next -> Math.max(next, now) + nanos);
    for (long left = turn - now; left > 0; left = turn - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.currentThread().isInterrupted()) {
        throw new IOException("The host is gone.");
      }
    }
  }

  /** Every session sees the same disk. */
  private final class OneDisk implements FileSystemFactory {
    @Override
    public Path getUserHomeDir(SessionContext session) {
      return files.files().getPath("/");
    }

    @Override
    public FileSystem createFileSystem(SessionContext session) {
      return files.files();
    }
  }

  /** Counts what is opened, and lets it only be read. */
  private final class Reading implements SftpFileSystemAccessor {
    @Override
    public SeekableByteChannel openFile(
        SftpSubsystemProxy subsystem,
        FileHandle handle,
        Path path,
        String id,
        Set<? extends OpenOption> options,
        FileAttribute<?>... attributes)
        throws IOException {
      HostFile file = files.file(path);
      boolean writes = options.stream().anyMatch(option -> option != StandardOpenOption.READ);
      if (writes || !file.readable() || file.kind() != HostFile.Kind.FILE) {
        throw new AccessDeniedException(path.toString());
      }
      counters.count("loghost.files.opened");
      counters.count("loghost.files.opened." + name);
      return new HostChannel(file, bytes -> pass(subsystem.getServerSession(), bytes));
    }
  }
}
