package io.orchscope.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger in a file, in a folder that is not there yet. */
final class SqliteLedgerTest extends LedgerTest {

  @TempDir private Path folder;

  @Override
  LedgerPlace place() {
    return LedgerPlace.file(folder.resolve("some/folder/ledger.db"));
  }

  @Test
  void goesOnWhenADiskThatWasFullHasRoomAgain() {
    try (Ledger ledger = new Ledger(place(), Clock.systemUTC())) {
      // SQLite says of a file that may not grow what it says of a full disk.
      ledger.transact(
          (handle, circuits) -> {
            long pages = handle.createQuery("pragma page_count").mapTo(Long.class).one();
            return handle.createQuery("pragma max_page_count = " + pages).mapTo(Long.class).one();
          });
      String muchText = "x".repeat(1 << 20);

      assertThatThrownBy(() -> ledger.deadLetter("r1", "storage", muchText, ""))
          .isInstanceOf(LedgerException.class)
          .hasRootCauseMessage(
              "[SQLITE_FULL] Insertion failed because database is full (database or disk is full)");
      ledger.deadLetter("r1", "storage", muchText, "");

      assertThat(ledger.deadLettersByKind()).containsEntry("circuit", 1L);
    }
  }
}
