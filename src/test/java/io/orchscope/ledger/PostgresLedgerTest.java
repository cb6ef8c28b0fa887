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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger on a server. */
final class PostgresLedgerTest extends LedgerTest {

  @TempDir private static Path folder;
  private static DatabaseServer server;

  private LedgerPlace place;

  @BeforeAll
  static void start() throws IOException {
    server = DatabaseServer.start(folder);
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Override
  LedgerPlace place() {
    if (place == null) {
      place = server.newPlace();
    }
    return place;
  }

  @Test
  void goesOnWhenTheServerHasRestarted() throws Exception {
    try (Ledger ledger = new Ledger(place(), Clock.systemUTC())) {
      ledger.deadLetter("alert", "one", "client", "before", "");
      CompletableFuture<Void> restart =
          CompletableFuture.runAsync(
              () -> {
                try {
                  server.restart(Duration.ofSeconds(1));
                } catch (Exception failed) {
                  throw new IllegalStateException(failed);
                }
              });
      int letters = 1;
      while (!restart.isDone()) {
        letters++;
        ledger.deadLetter("alert", "letter " + letters, "client", "meanwhile", "");
      }
      restart.get(30, TimeUnit.SECONDS);

      assertThat(ledger.deadLettersByKind()).containsEntry("alert", (long) letters);
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
