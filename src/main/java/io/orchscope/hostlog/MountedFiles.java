package io.orchscope.hostlog;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.orchscope.hostlog.LogGap.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files of a host in a directory of this machine, which stands for the host's root and is never
 * left: a link that leads out of it is as good as not there.
 */
final class MountedFiles implements HostFiles {

  private final Path root;
  private final HostCounters counters;

  MountedFiles(Path root, HostCounters counters) {
    this.root = root;
    this.counters = counters;
  }

  @Override
  public List<HostFile> list(String folder, LogBudget budget) throws IOException {
    NewestFiles files = new NewestFiles();
    Path top = top();
    try (DirectoryStream<Path> inside = Files.newDirectoryStream(within(top, folder))) {
      for (Path path : inside) {
        budget.requireTime();
        String name = String.valueOf(path.getFileName());
        Optional<Path> real = Files.isSymbolicLink(path) ? real(top, path) : Optional.of(path);
        real.flatMap(it -> look(folder, name, it)).ifPresent(files::add);
      }
    } catch (DirectoryIteratorException e) {
      throw fault(folder, e);
    } catch (OutOfBudgetException e) {
      throw e;
    } catch (IOException | InvalidPathException e) {
      throw fault(folder, e);
    }
    return files.list();
  }

  @Override
  public HostFile stat(HostFile file) throws IOException {
    try {
      return look(file.folder(), file.name(), within(top(), file.path()))
          .filter(it -> !it.isFolder())
          .orElseThrow(
              () -> new HostFault(Reason.NOT_READABLE, file.path() + " is no regular file"));
    } catch (IOException | InvalidPathException e) {
      throw fault(file.path(), e);
    }
  }

  @Override
  public OpenFile open(HostFile file) throws IOException {
    stat(file);
    try {
      Path path = within(top(), file.path());
      FileChannel channel = FileChannel.open(path, Set.of(StandardOpenOption.READ, NOFOLLOW_LINKS));
      return new MountedFile(file.path(), channel, counters);
    } catch (IOException | InvalidPathException e) {
      throw fault(file.path(), e);
    }
  }

  @Override
  public void close() {}

  /** An empty one is where something is to be mounted. */
  private Path top() throws HostFault {
    try (Stream<Path> inside = Files.list(root)) {
      if (inside.findAny().isEmpty()) {
        throw new HostFault(Reason.UNREACHABLE, "nothing is mounted at " + root);
      }
      return root.toRealPath();
    } catch (HostFault empty) {
      throw empty;
    } catch (IOException e) {
      throw new HostFault(Reason.UNREACHABLE, root + " is not there", e);
    }
  }

  /** Where a path of the host really is. Errors: when it is not there, or not under the root. */
  private static Path within(Path top, String path) throws IOException {
    Path inside = top.resolve(path.replaceFirst("^/+", ""));
    return real(top, inside).orElseThrow(() -> new NoSuchFileException(path));
  }

  private static Optional<Path> real(Path top, Path path) {
    try {
      return Optional.of(path.toRealPath()).filter(it -> it.startsWith(top));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<HostFile> look(String folder, String name, Path path) {
    try {
      BasicFileAttributes now =
          Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS);
      if (now.isDirectory()) {
        return Optional.of(HostFile.folder(folder, name));
      }
      return now.isRegularFile()
          ? Optional.of(
              HostFile.regular(folder, name, now.size(), now.lastModifiedTime().toMillis()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static HostFault fault(String path, Exception cause) {
    if (cause instanceof HostFault ours) {
      return ours;
    }
    if (cause instanceof NoSuchFileException || cause instanceof NotDirectoryException) {
      return new HostFault(Reason.NOT_FOUND, path + " is not there", cause);
    }
    if (cause instanceof AccessDeniedException || cause instanceof InvalidPathException) {
      return new HostFault(Reason.NOT_READABLE, path + " may not be read", cause);
    }
    return new HostFault(Reason.BROKE_OFF, path + ": " + cause.getMessage(), cause);
  }

  /** A file that is open. */
  private record MountedFile(String path, FileChannel channel, HostCounters counters)
      implements OpenFile {

    @Override
    public int read(long offset, byte[] into, int start, int length) throws IOException {
      try {
        int count = channel.read(ByteBuffer.wrap(into, start, length), offset);
        counters.read(Math.max(0, count));
        return count;
      } catch (IOException e) {
        throw fault(path, e);
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
