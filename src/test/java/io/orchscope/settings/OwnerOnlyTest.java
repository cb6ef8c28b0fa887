package io.orchscope.settings;

import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.evidence.ArchiveProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which folders are closed to others. */
final class OwnerOnlyTest {

  @TempDir private Path folder;

  @Test
  void closesAFolderOfItsOwn() throws Exception {
    Path ours =
        Files.createDirectory(folder.resolve("var"), asFileAttribute(fromString("rwxr-xr-x")));

    OwnerOnly.folder(ours);

    assertThat(permissions(ours)).isEqualTo("rwx------");
  }

  @Test
  void leavesAFolderOpenInWhichEachUserHasFiles() throws Exception {
    Path shared = Files.createDirectory(folder.resolve("shared"));
    Files.setAttribute(shared, "unix:mode", 01777);

    OwnerOnly.folder(shared);

    assertThat(permissions(shared)).isEqualTo("rwxrwxrwx");
  }

  @Test
  void leavesAFolderOfTheOperatingSystemOpen() throws Exception {
    Path log = Path.of("/var/log");
    String before = permissions(log);

    OwnerOnly.folder(log);

    assertThat(permissions(log)).isEqualTo(before).isNotEqualTo("rwx------");
  }

  @Test
  void makesTheFolderOfAnArchiveForItsOwnerOnlyAndLeavesOneThatIsThereAsItIs() throws Exception {
    Path missing = folder.resolve("evidence");
    Path there =
        Files.createDirectory(folder.resolve("group"), asFileAttribute(fromString("rwxr-x---")));

    assertThat(new ArchiveProbe(missing).trouble()).isEmpty();
    assertThat(new ArchiveProbe(there).trouble()).isEmpty();

    assertThat(permissions(missing)).isEqualTo("rwx------");
    assertThat(permissions(there)).isEqualTo("rwxr-x---");
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
