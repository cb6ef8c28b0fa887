package io.orchscope.simulator;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lets a disk that nobody may write to be read as Java reads disks. */
final class HostFileProvider extends FileSystemProvider {

  private static final int MOST_LINKS = 8;

  private final HostDisk disk;
  private final HostFileSystem files = new HostFileSystem(this);

  HostFileProvider(HostDisk disk) {
    this.disk = disk;
  }

  HostFileSystem files() {
    return files;
  }

  /**
   * What is at a path, in the end where links are followed. Errors: {@link NoSuchFileException},
   * also where a link leads nowhere or in a circle.
   */
  HostFile file(Path path, LinkOption... options) throws IOException {
    boolean follows = !Arrays.asList(options).contains(LinkOption.NOFOLLOW_LINKS);
    HostPath here = (HostPath) path;
    Optional<HostFile> file = disk.at(here.absolute());
    for (int links = 0; follows && isLink(file); links++) {
      here = (HostPath) here.resolveSibling(file.orElseThrow().target());
      file = links < MOST_LINKS ? disk.at(here.absolute()) : Optional.empty();
    }
    return file.orElseThrow(() -> new NoSuchFileException(path.toString()));
  }

  private static boolean isLink(Optional<HostFile> file) {
    return file.isPresent() && file.get().kind() == HostFile.Kind.LINK;
  }

  @Override
  public String getScheme() {
    return "simulated-host";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
    throw new UnsupportedOperationException("There is one for each host.");
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    return files;
  }

  @Override
  public Path getPath(URI uri) {
    return files.getPath(uri.getPath());
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) {
    throw new UnsupportedOperationException("Whoever opens a file is counted: see LogHostServer.");
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    if (file(folder).kind() != HostFile.Kind.FOLDER) {
      throw new NotDirectoryException(folder.toString());
    }
    String path = ((HostPath) folder).absolute();
    Iterator<Path> inside =
        disk.names(path).map(name -> (Path) ((HostPath) folder).resolve(name)).iterator();
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        return inside;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void createDirectory(Path folder, FileAttribute<?>... attributes) {
    throw new ReadOnlyFileSystemException();
  }

  @Override
  public void delete(Path path) {
    throw new ReadOnlyFileSystemException();
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) {
    throw new ReadOnlyFileSystemException();
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) {
    throw new ReadOnlyFileSystemException();
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
    throw new ReadOnlyFileSystemException();
  }

  @Override
  public boolean isSameFile(Path one, Path other) {
    return ((HostPath) one).absolute().equals(((HostPath) other).absolute());
  }

  @Override
  public boolean isHidden(Path path) {
    return false;
  }

  @Override
  public FileStore getFileStore(Path path) {
    throw new UnsupportedOperationException("A simulated host has no store.");
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    HostFile file = file(link, LinkOption.NOFOLLOW_LINKS);
    if (file.kind() != HostFile.Kind.LINK) {
      throw new NotLinkException(link.toString());
    }
    return files.getPath(file.target());
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    HostFile file = file(path);
    if (Arrays.asList(modes).contains(AccessMode.WRITE)
        || (!file.readable() && Arrays.asList(modes).contains(AccessMode.READ))) {
      throw new AccessDeniedException(path.toString());
    }
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    throw new UnsupportedOperationException("Attributes are read one by one.");
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return type.cast(new HostAttributes(file(path, options)));
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options)
      throws IOException {
    return new HostAttributes(file(path, options)).byName();
  }
}
