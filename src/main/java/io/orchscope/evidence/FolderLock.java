package io.orchscope.evidence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

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
    FileChannel channel = disk.disk().openLockFile(file);
    boolean isTaken = false;
    try {
      isTaken = isLocked(channel) && isInPlace(channel, file);
      return isTaken ? Optional.of(channel) : Optional.empty();
    } finally {
      if (!isTaken) {
        channel.close();
      }
    }
  }

  /** Beyond what is written in it, which others may read. */
  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock(Long.MAX_VALUE - 1, 1, false);
      return lock != null;
    } catch (OverlappingFileLockException somebodyHere) {
      return false;
    }
  }

  /** Whoever had it before may have removed the file, or the whole folder, in the meantime. */
  private static boolean isInPlace(FileChannel channel, Path file) throws IOException {
    byte[] token = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
    channel.truncate(0).write(ByteBuffer.wrap(token), 0);
    if (!Arrays.equals(Files.readAllBytes(file), token)) {
      throw new NoSuchFileException(file.toString());
    }
    return true;
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
