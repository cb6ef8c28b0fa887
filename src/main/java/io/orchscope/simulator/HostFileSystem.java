package io.orchscope.simulator;

import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Set;
import org.apache.sshd.common.file.util.BaseFileSystem;

/** The disk of a simulated host in the form in which an SFTP server wants it. */
final class HostFileSystem extends BaseFileSystem<HostPath> {

  HostFileSystem(FileSystemProvider provider) {
    super(provider);
  }

  @Override
  protected HostPath create(String root, List<String> names) {
    return new HostPath(this, root, names);
  }

  @Override
  public boolean isReadOnly() {
    return true;
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return Set.of("posix");
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    throw new UnsupportedOperationException("A simulated host has no users to look up.");
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  /** Does nothing: each session closes it, and the next one uses it again. */
  @Override
  public void close() {}
}
