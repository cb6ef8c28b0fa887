package io.orchscope.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
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

  @Test
  void isInTroubleFromAFailedWriteUntilTheNextThatSucceedsWhateverIsRead() {
    TurnableClock clock = new TurnableClock();
    try (Ledger ledger = new Ledger(place(), clock)) {
      ledger.deadLetter("r1", "storage", "before", "");
      Optional<String> before = ledger.trouble();
      failToWrite(ledger);
      clock.turn(Duration.ofSeconds(30));
      ledger.deadLettersByKind();
      Optional<String> afterAFailure = ledger.trouble();
      ledger.deadLetter("r1", "storage", "afterwards", "");

      assertThat(before).isEmpty();
      assertThat(afterAFailure)
          .contains(
              "writes have failed since 2024-03-01T12:00:00Z; the last: [SQLITE_FULL] Insertion"
                  + " failed because database is full (database or disk is full)");
      assertThat(ledger.trouble()).isEmpty();
    }
  }

  @Test
  void isInTroubleAMinuteAfterAFailureOnlyIfAProbeCannotWrite() {
    TurnableClock clock = new TurnableClock();
    try (Ledger ledger = new Ledger(place(), clock)) {
      failToWrite(ledger);
      clock.turn(WriteHealth.QUIET.plusSeconds(1));

      assertThat(ledger.trouble()).isEmpty();
    }
  }

  @Test
  void isInTroubleWhileAnotherProcessHasTheFileLocked() throws Exception {
    Path file = folder.resolve("locked.db");
    try (Ledger ledger = new Ledger(LedgerPlace.file(file), Clock.systemUTC());
        Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = other.createStatement()) {
      Optional<String> before = ledger.trouble();
      statement.execute("begin immediate");
      long from = System.nanoTime();
      Optional<String> locked = ledger.trouble();
      Duration taken = Duration.ofNanos(System.nanoTime() - from);
      statement.execute("rollback");
      ledger.deadLetter("r1", "storage", "afterwards", "");

      assertThat(before).isEmpty();
      assertThat(locked.orElseThrow()).contains("SQLITE_BUSY");
      assertThat(taken).isLessThan(Duration.ofSeconds(5));
      assertThat(ledger.trouble()).isEmpty();
    }
  }

  /** SQLite says of a file that may not grow what it says of a full disk. */
  private static void failToWrite(Ledger ledger) {
    ledger.transact(
        (handle, circuits) -> {
          long pages = handle.createQuery("pragma page_count").mapTo(Long.class).one();
          return handle.createQuery("pragma max_page_count = " + pages).mapTo(Long.class).one();
        });
    assertThatThrownBy(() -> ledger.deadLetter("r2", "storage", "x".repeat(1 << 20), ""))
        .isInstanceOf(LedgerException.class);
  }

  /** Noon, until it is turned. */
  private static final class TurnableClock extends Clock {

    private Instant now = Instant.parse("2024-03-01T12:00:00Z");

    void turn(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
