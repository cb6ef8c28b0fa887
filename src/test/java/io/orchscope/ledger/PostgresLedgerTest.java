package io.orchscope.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchscope.postgres.DatabaseServer;
import io.orchscope.settings.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger on a server. */
final class PostgresLedgerTest extends LedgerTest {

  private static DatabaseServer server;

  private LedgerPlace place;

  @BeforeAll
  static void start() throws IOException {
    server = DatabaseServer.shared();
  }

  @BeforeEach
  @Override
  void open() {
    place = server.newPlace();
    super.open();
  }

  @Override
  LedgerPlace place() {
    return place;
  }

  @Test
  void isInTroubleWhileATableIsLocked() throws Exception {
    String url = server.newDatabase();
    LedgerPlace here = LedgerPlace.server(url, "postgres", new Secret("postgres"));
    try (Ledger ledger = new Ledger(here, Clock.systemUTC());
        Connection other = DriverManager.getConnection(url, "postgres", "postgres");
        Statement statement = other.createStatement()) {
      Optional<String> before = ledger.trouble();
      other.setAutoCommit(false);
      statement.execute("lock table resource in exclusive mode");
      long from = System.nanoTime();
      Optional<String> locked = ledger.trouble();
      Duration taken = Duration.ofNanos(System.nanoTime() - from);
      other.rollback();
      ledger.deadLetter("one", "client", "afterwards", "");

      assertThat(before).isEmpty();
      assertThat(locked.orElseThrow()).contains("timeout");
      assertThat(taken).isLessThan(Duration.ofSeconds(5));
      assertThat(ledger.trouble()).isEmpty();
    }
  }

  @Test
  void isInTroubleFromAFailedWriteUntilTheNextThatSucceedsWhateverIsRead() throws Exception {
    String url = server.newDatabase();
    LedgerPlace here = LedgerPlace.server(url, "postgres", new Secret("postgres"));
    try (Ledger ledger = new Ledger(here, Clock.systemUTC());
        Connection other = DriverManager.getConnection(url, "postgres", "postgres");
        Statement statement = other.createStatement()) {
      ledger.deadLettersByKind();
      statement.execute("alter table dead_letter add constraint full_disk check (false) not valid");
      assertThatThrownBy(() -> ledger.deadLetter("one", "client", "in vain", ""))
          .isInstanceOf(LedgerException.class);
      ledger.deadLettersByKind();
      Optional<String> failed = ledger.trouble();
      statement.execute("alter table dead_letter drop constraint full_disk");
      ledger.deadLetter("one", "client", "afterwards", "");

      assertThat(failed.orElseThrow())
          .startsWith("writes have failed since ")
          .contains("full_disk");
      assertThat(ledger.trouble()).isEmpty();
    }
  }

  @Test
  void goesOnWhenTheServerHasRestarted(@TempDir Path folder) throws Exception {
    try (DatabaseServer restarted = DatabaseServer.start(folder);
        Ledger ledger = new Ledger(restarted.newPlace(), Clock.systemUTC())) {
      ledger.deadLetter("one", "client", "before", "");
      CompletableFuture<Void> restart =
          CompletableFuture.runAsync(
              () -> {
                try {
                  restarted.restart(Duration.ofSeconds(1));
                } catch (Exception failed) {
                  throw new IllegalStateException(failed);
                }
              });
      int letters = 1;
      while (!restart.isDone()) {
        letters++;
        ledger.deadLetter("letter " + letters, "client", "meanwhile", "");
      }
      restart.get(2, TimeUnit.MINUTES);

      assertThat(ledger.deadLettersByKind()).containsEntry("circuit", (long) letters);
    }
  }

  @Test
  void saysWhereItIsNotAndNotWhoAsked() {
    LedgerPlace nowhere =
        LedgerPlace.server(
            "jdbc:postgresql://127.0.0.1:1/orchscope", "orchscope", new Secret("hush"));
    try (Ledger ledger = new Ledger(nowhere, Clock.systemUTC())) {
      assertThatThrownBy(ledger::deadLettersByKind)
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/orchscope")
          .hasMessageNotContaining("hush");
    }
  }
}
