package io.orchscope.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.evidence.ArchiveProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Permissions of files and folders that only the user of the process may read. */
final class OwnerOnlyTest {

  @TempDir private Path folder;

  private Path ours;
  private Path shared;

  @BeforeEach
  void makeFoldersThatAllMayRead() throws IOException {
    ours = open(Files.createDirectory(folder.resolve("var")));
    shared = open(Files.createDirectory(folder.resolve("shared")));
  }

  @Test
  void leavesAFolderOutsideOfOursAsItIs() throws IOException {
    OwnerOnly.folder(shared, ours);

    assertThat(permissions(shared)).isEqualTo("rwxr-xr-x");
  }

  @Test
  void leavesAnExistingFolderOutsideOfTheWorkingDirectoryAsItIs() throws IOException {
    OwnerOnly.folder(shared);
    OwnerOnly.tightenFolder(shared);

    assertThat(permissions(shared)).isEqualTo("rwxr-xr-x");
  }

  @Test
  void closesExistingFoldersAtOursAndBelow() throws IOException {
    Path below = open(Files.createDirectory(ours.resolve("evidence")));

    OwnerOnly.folder(ours, ours);
    OwnerOnly.folder(below, ours);

    assertThat(permissions(ours)).isEqualTo("rwx------");
    assertThat(permissions(below)).isEqualTo("rwx------");
  }

  @Test
  void closesEachFolderThatItMakes() throws IOException {
    OwnerOnly.folder(shared.resolve("a/b"), ours);

    assertThat(permissions(shared.resolve("a"))).isEqualTo("rwx------");
    assertThat(permissions(shared.resolve("a/b"))).isEqualTo("rwx------");
    assertThat(permissions(shared)).isEqualTo("rwxr-xr-x");
  }

  @Test
  void leavesAFolderOpenInWhichEachUserHasFiles() throws IOException {
    Files.setAttribute(ours, "unix:mode", 01777);

    OwnerOnly.folder(ours, ours);

    assertThat(permissions(ours)).isEqualTo("rwxrwxrwx");
  }

  @Test
  void leavesAFolderOfTheOperatingSystemOpen() throws IOException {
    Path log = Path.of("/var/log");
    String before = permissions(log);

    OwnerOnly.folder(log, Path.of("/var"));

    assertThat(permissions(log)).isEqualTo(before).isNotEqualTo("rwx------");
  }

  @Test
  void makesTheFolderOfAnArchiveForItsOwnerOnlyAndLeavesOneThatIsThereAsItIs() throws IOException {
    Path missing = folder.resolve("evidence");

    assertThat(new ArchiveProbe(missing).trouble()).isEmpty();
    assertThat(new ArchiveProbe(shared).trouble()).isEmpty();

    assertThat(permissions(missing)).isEqualTo("rwx------");
    assertThat(permissions(shared)).isEqualTo("rwxr-xr-x");
  }

  private static Path open(Path folder) throws IOException {
    return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
