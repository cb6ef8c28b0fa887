package io.orchscope.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;

/**
 * The key with which the simulated hosts let somebody in, and the file that says who they are; in a
 * folder of the caller's, or in one that is gone at the end. Keys are new each time.
 */
final class SshKeys implements AutoCloseable {

  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private static final List<String> NAMES = List.of("id_ed25519", "id_ed25519.pub", "known_hosts");

  private final String user;
  private final KeyPair client = newPair();
  private final Path folder;
  private final boolean ours;

  /** Writes the key. Errors: {@link UncheckedIOException} when the folder cannot be written. */
  SshKeys(String user, Optional<Path> given) {
    this.user = user;
    ours = given.isEmpty();
    try {
      folder =
          ours ? Files.createTempDirectory("orchscope-ssh") : Files.createDirectories(given.get());
      if (ours) {
        forgetAtExit();
      }
      Files.deleteIfExists(key());
      Files.createFile(key(), onlyOurs());
      try (OutputStream out = Files.newOutputStream(key())) {
        OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(client, "simulated", null, out);
      }
      Files.writeString(
          key().resolveSibling("id_ed25519.pub"),
          PublicKeyEntry.toString(client.getPublic()) + " simulated\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("No key could be written.", e);
    }
  }

  static KeyPair newPair() {
    try {
      return KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("No key could be made.", e);
    }
  }

  /** Whether somebody may come in. */
  boolean accept(String name, PublicKey key) {
    return name.equals(user) && KeyUtils.compareKeys(key, client.getPublic());
  }

  /** The private key, without a passphrase, which nobody else may read. */
  Path key() {
    return folder.resolve("id_ed25519");
  }

  Path knownHosts() {
    return folder.resolve("known_hosts");
  }

  /** Writes down who the hosts are: a line for each, as {@code ssh} writes them. */
  void know(List<LogHostServer> servers) {
    String lines =
        servers.stream()
            .map(
                server ->
                    "[%s]:%d %s%n"
                        .formatted(
                            server.host().host(),
                            server.host().port(),
                            PublicKeyEntry.toString(server.key().getPublic())))
            .collect(Collectors.joining());
    try {
      Files.writeString(knownHosts(), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (!ours) {
      return;
    }
    try {
      for (String name : NAMES) {
        Files.deleteIfExists(folder.resolve(name));
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whoever is ended by Ctrl-C closes nothing. What is registered last is deleted first. */
  private void forgetAtExit() {
    folder.toFile().deleteOnExit();
    NAMES.forEach(name -> folder.resolve(name).toFile().deleteOnExit());
  }

  private static FileAttribute<?>[] onlyOurs() {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
