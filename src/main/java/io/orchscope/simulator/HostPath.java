package io.orchscope.simulator;

import java.nio.file.LinkOption;
import java.util.List;
import org.apache.sshd.common.file.util.BasePath;

/** A path on a simulated host. */
final class HostPath extends BasePath<HostPath, HostFileSystem> {

  HostPath(HostFileSystem files, String root, List<String> names) {
    super(files, root, names);
  }

  /** The whole path without {@code .} and {@code ..}. */
  String absolute() {
    return toAbsolutePath().normalize().toString();
  }

  @Override
  public HostPath toRealPath(LinkOption... options) {
    return toAbsolutePath().normalize();
  }
}
