package io.orchscope.evidence;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;

/** That one at a time works on a folder of logs, in all processes. It ends with the process. */
final class FolderLock implements AutoCloseable {

  /** The file in {@code .parts}. */
  static final String FILE = "lock";

  private final FileChannel channel;
  private final Path folder;
  private final Set<Path> inUse;

  private FolderLock(FileChannel channel, Path folder, Set<Path> inUse) {
    this.channel = channel;
    this.folder = folder;
    this.inUse = inUse;
  }

  /**
   * None when somebody else has it.
   *
   * <p>Errors: {@link NoSuchFileException} when the folder was taken away at the same moment.
   *
   * @param inUse folders that this process has. They are not locked again: to close a file gives
   *     all locks of a process on it away, whoever has opened it.
   */
  static Optional<FolderLock> take(Path folder, Set<Path> inUse, LogDisk disk) throws IOException {
    if (!inUse.add(folder)) {
      return Optional.empty();
    }
    Optional<FolderLock> lock = Optional.empty();
    try {
      lock = take(folder, disk).map(channel -> new FolderLock(channel, folder, inUse));
      return lock;
    } finally {
      if (lock.isEmpty()) {
        inUse.remove(folder);
      }
    }
  }

  private static Optional<FileChannel> take(Path folder, LogDisk disk) throws IOException {
    Path file = folder.resolve(LogStates.FOLDER).resolve(FILE);
    disk.makeFolders(folder.resolve(LogStates.FOLDER));
    disk.disk().openLockFile(file).close();
    Optional<Object> before = identity(file);
    FileChannel channel = disk.disk().openLockFile(file);
    boolean isTaken = false;
    try {
      isTaken = isLocked(channel);
      // Whoever had it before may have removed the file, or the whole folder, in the meantime.
      if (isTaken && !identity(file).equals(before)) {
        isTaken = false;
        throw new NoSuchFileException(file.toString());
      }
      return isTaken ? Optional.of(channel) : Optional.empty();
    } finally {
      if (!isTaken) {
        channel.close();
      }
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException somebodyHere) {
      return false;
    }
  }

  /** Without opening the file: to close it would give the lock away. */
  private static Optional<Object> identity(Path file) throws IOException {
    return Optional.ofNullable(
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey());
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      inUse.remove(folder);
    }
  }
}
