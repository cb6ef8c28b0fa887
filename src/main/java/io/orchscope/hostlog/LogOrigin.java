package io.orchscope.hostlog;

import java.util.Optional;

/**
 * Where a log was found.
 *
 * @param host its name in {@code config/log-hosts.yaml}
 * @param path on that host, with {@code /}, as the host wrote it: any characters may be in it
 * @param device for a log of a resource adapter, the device (FQDN or TID) that it was read for
 */
public record LogOrigin(String host, String path, LogKind kind, Optional<String> device) {

  /** The last part of the path. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @Override
  public String toString() {
    return host + ":" + path;
  }
}
