package io.orchscope.evidence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files and folders for nobody but us (0600 and 0700 on POSIX), forced to the disk if so wished.
 */
record Disk(Durability durability) {

  private static final Logger LOG = LoggerFactory.getLogger(Disk.class);

  /** Makes what is missing of a path; each new name is forced to the disk with its parent. */
  void makeFolders(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null) {
      makeFolders(parent);
    }
    makeFolder(folder);
    if (parent != null) {
      force(parent);
    }
  }

  /** Makes one folder, if it is missing, whose name may be lost in a crash. */
  void makeFolder(Path folder) throws IOException {
    try {
      Files.createDirectory(folder, only("rwx------", folder));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  /** Errors: also when the file is there already. */
  void write(Path file, byte[] bytes) throws IOException {
    Set<StandardOpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(file, fresh, only("rw-------", file))) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      if (durability == Durability.FSYNC) {
        channel.force(true);
      }
    }
  }

  /** A file to hold a lock on, made if it is not there. */
  FileChannel openLockFile(Path file) throws IOException {
    return openToWrite(file);
  }

  /** A file to write on, made if it is not there. */
  FileChannel openToWrite(Path file) throws IOException {
    Set<StandardOpenOption> open = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    return FileChannel.open(file, open, only("rw-------", file));
  }

  /** Forces the names in a folder to the disk, on systems that can open a folder. */
  void force(Path folder) throws IOException {
    if (durability == Durability.NONE || !isPosix(folder)) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  static boolean exists(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether this is a folder with nothing in it. */
  static boolean isEmpty(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (DirectoryStream<Path> inside = Files.newDirectoryStream(folder)) {
      return !inside.iterator().hasNext();
    }
  }

  /** Takes away a folder and all in it; what resists is left for the next start. */
  static void deleteAll(Path folder) {
    if (!exists(folder)) {
      return;
    }
    try {
      Files.walkFileTree(folder, new Deletion());
    } catch (IOException e) {
      LOG.warn("A temporary folder of the evidence could not be deleted. path={}", folder, e);
    }
  }

  private static FileAttribute<?>[] only(String permissions, Path path) {
    return isPosix(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** Deletes files on the way in and folders on the way out; links are not followed. */
  private static final class Deletion extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException fault) throws IOException {
      if (fault != null) {
        throw fault;
      }
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
