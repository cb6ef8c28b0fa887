package io.orchscope.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;

/**
 * Somebody who reads logs of one host with the key and the known hosts that the simulator wrote.
 */
final class LogHostClient implements AutoCloseable {

  static final String ROOT = "/opt/ciena/bp2";

  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final SshClient ssh = SshClient.setUpDefaultClient();
  private final ClientSession session;
  private final SftpClient sftp;

  LogHostClient(Simulator simulator, LogHost host) throws IOException {
    Path key = simulator.sshKey().orElseThrow();
    ssh.setServerKeyVerifier(
        new KnownHostsServerKeyVerifier(
            RejectAllServerKeyVerifier.INSTANCE, simulator.knownHosts().orElseThrow()));
    ssh.setKeyIdentityProvider(new FileKeyPairProvider(key));
    ssh.start();
    try {
      session =
          ssh.connect(simulator.credentials().username(), host.host(), host.port())
              .verify(LIMIT)
              .getSession();
      session.auth().verify(LIMIT);
      sftp = SftpClientFactory.instance().createSftpClient(session);
    } catch (IOException | RuntimeException e) {
      ssh.stop();
      throw e;
    }
  }

  ClientSession session() {
    return session;
  }

  SftpClient sftp() {
    return sftp;
  }

  /** All plain files and what is said of them, by path. */
  Map<String, SftpClient.Attributes> files() {
    Map<String, SftpClient.Attributes> files = new TreeMap<>();
    list(ROOT, files);
    return files;
  }

  List<String> names(String folder) {
    List<String> names = new ArrayList<>();
    for (SftpClient.DirEntry entry : entries(folder)) {
      names.add(entry.getFilename());
    }
    return names;
  }

  byte[] read(String path) {
    try (InputStream in = sftp.read(path, 65_536)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }

  String text(String path) {
    return new String(read(path), StandardCharsets.ISO_8859_1);
  }

  /** So many bytes from an offset on. */
  byte[] read(String path, long offset, int length) {
    try (SftpClient.CloseableHandle handle = sftp.open(path)) {
      byte[] bytes = new byte[length];
      int got = 0;
      while (got < length) {
        int more = sftp.read(handle, offset + got, bytes, got, length - got);
        if (more < 0) {
          throw new IOException("The file ends after " + got + " bytes.");
        }
        got += more;
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }

  List<SftpClient.DirEntry> entries(String folder) {
    try {
      List<SftpClient.DirEntry> entries = new ArrayList<>();
      for (SftpClient.DirEntry entry : sftp.readDir(folder)) {
        if (!entry.getFilename().equals(".") && !entry.getFilename().equals("..")) {
          entries.add(entry);
        }
      }
      return entries;
    } catch (IOException e) {
      throw new UncheckedIOException(folder, e);
    }
  }

  private void list(String folder, Map<String, SftpClient.Attributes> files) {
    for (SftpClient.DirEntry entry : entries(folder)) {
      String path = folder + "/" + entry.getFilename();
      if (entry.getAttributes().isDirectory()) {
        list(path, files);
      } else {
        files.put(path, entry.getAttributes());
      }
    }
  }

  @Override
  public void close() {
    ssh.stop();
  }
}
