package io.orchscope.hostlog;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A host that has logs.
 *
 * @param name by which people and manifests call it
 */
public record LogHost(String name, Access access) {

  /** How its files are reached. */
  public sealed interface Access permits Ssh, Mounted, Archive {}

  /**
   * Over SFTP.
   *
   * @param key the file of a private key; without one, the keys of the ssh-agent
   * @param knownHosts the file that says which key the host has
   */
  public record Ssh(String host, int port, String user, Optional<Path> key, Path knownHosts)
      implements Access {}

  /**
   * In a directory of this machine.
   *
   * @param root stands for the host's {@code /}
   */
  public record Mounted(Path root) implements Access {}

  /** By what MDSO's log archive gives for a time. Source: domain.md §1.4. */
  public record Archive() implements Access {}
}
