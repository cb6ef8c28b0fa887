package io.orchscope.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchscope.postgres.DatabaseServer;
import io.orchscope.settings.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
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
