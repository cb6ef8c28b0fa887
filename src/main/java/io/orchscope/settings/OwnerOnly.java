package io.orchscope.settings;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files and folders that only the user of this process may read: 0600 and 0700 from the moment at
 * which they are made.
 *
 * <p>Errors: on a file system without POSIX permissions they are made without; what belongs to
 * another user stays as it is.
 */
public final class OwnerOnly {

  private static final String FILE = "rw-------";
  private static final String FOLDER = "rwx------";
  private static final int STICKY = 01000;

  /** Folders of the operating system, which root could close to everyone. */
  private static final Set<String> SHARED =
      Set.of(
          "/var/backups",
          "/var/cache",
          "/var/lib",
          "/var/local",
          "/var/log",
          "/var/run",
          "/var/spool",
          "/var/tmp",
          "/dev/shm",
          "/run/lock",
          "/usr/local",
          "/usr/share");

  private static final Path OURS = Path.of("var").toAbsolutePath().normalize();

  private OwnerOnly() {}

  /**
   * Makes a folder with its parents. A folder that is there already is closed only at {@code var}
   * in the working directory or below it; another one may belong to another program and stays as it
   * is.
   */
  public static void folder(Path folder) throws IOException {
    folder(folder, OURS);
  }

  static void folder(Path folder, Path ours) throws IOException {
    Path whole = folder.toAbsolutePath().normalize();
    if (Files.isDirectory(whole)) {
      tightenFolder(whole, ours);
      return;
    }
    Files.createDirectories(whole, with(FOLDER, whole.getFileSystem()));
  }

  /** Closes a folder at or below {@code var} to others, if there is one. */
  public static void tightenFolder(Path folder) {
    tightenFolder(folder.toAbsolutePath().normalize(), OURS);
  }

  private static void tightenFolder(Path folder, Path ours) {
    boolean isFolder = Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    if (isFolder && folder.startsWith(ours) && !isShared(folder)) {
      set(folder, FOLDER);
    }
  }

  /** Makes an empty file where there is none; one that is there is closed to others. */
  public static void file(Path file) throws IOException {
    try {
      Files.createFile(file, with(FILE, file.getFileSystem()));
    } catch (FileAlreadyExistsException known) {
      tighten(file);
    }
  }

  /** Closes a file to others, if there is one. */
  public static void tighten(Path file) {
    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      set(file, FILE);
    }
  }

  /** Where others have files, too: with {@code /} as the working directory, {@code /var/log}. */
  private static boolean isShared(Path folder) {
    return SHARED.contains(folder.toString()) || folder.getNameCount() < 2 || isSticky(folder);
  }

  /** Whether each user deletes only their own files there, as in /tmp. */
  private static boolean isSticky(Path folder) {
    try {
      return folder.getFileSystem().supportedFileAttributeViews().contains("unix")
          && Files.getAttribute(folder, "unix:mode") instanceof Integer mode
          && (mode & STICKY) != 0;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
      return false;
    }
  }

  private static void set(Path path, String permissions) {
    if (!isPosix(path.getFileSystem())) {
      return;
    }
    try {
      Set<PosixFilePermission> wanted = PosixFilePermissions.fromString(permissions);
      if (!Files.getPosixFilePermissions(path).equals(wanted)) {
        Files.setPosixFilePermissions(path, wanted);
      }
    } catch (IOException | UnsupportedOperationException ofAnotherUser) {
      // A write that fails for this reason is reported where it is made.
    }
  }

  private static FileAttribute<?>[] with(String permissions, FileSystem system) {
    return isPosix(system)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(FileSystem system) {
    return system.supportedFileAttributeViews().contains("posix");
  }
}
