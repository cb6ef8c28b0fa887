package io.orchscope.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Permissions of the ledger's files in a folder that others use, too. */
final class LedgerPermissionsTest {

  private static final List<String> NAMES = List.of("ledger.db", "ledger.db-wal", "ledger.db-shm");

  @TempDir private Path folder;

  @Test
  void makesFilesThatOnlyItsUserMayReadAndLeavesTheFolderAsItIs() throws Exception {
    permit(folder, "rwxr-xr-x");

    try (Handle work = LedgerFile.open(folder.resolve("ledger.db")).begin()) {
      work.execute("create table probe (a text)");

      for (String name : NAMES) {
        assertThat(permissions(folder.resolve(name))).as(name).isEqualTo("rw-------");
      }
    }
    assertThat(permissions(folder)).isEqualTo("rwxr-xr-x");
  }

  @Test
  void tightensTheFilesOfAnEarlierVersionWhenItOpensThem() throws IOException, SQLException {
    try (Handle work = LedgerFile.open(folder.resolve("ledger.db")).begin()) {
      work.execute("create table probe (a text)");
      for (String name : NAMES) {
        permit(folder.resolve(name), "rw-r--r--");
      }

      LedgerFile.open(folder.resolve("ledger.db"));

      for (String name : NAMES) {
        assertThat(permissions(folder.resolve(name))).as(name).isEqualTo("rw-------");
      }
    }
  }

  private static void permit(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
