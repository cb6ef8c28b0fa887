package io.orchscope.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A purge of a file. */
final class SqlitePurgeTest extends PurgeTest {

  private static final int ROWS = 50_000;

  @TempDir private Path folder;

  @Override
  LedgerPlace place() {
    return LedgerPlace.file(folder.resolve("ledger.db"));
  }

  @Test
  void makesTheFileShorterAndKeepsATenthOfItForWhatComesNext() throws Exception {
    Path file = folder.resolve("ledger.db");
    ledger()
        .transact(
            (handle, circuits) ->
                handle.execute(
                    "insert into exported_orchestration with recursive n(k) as"
                        + " (select 1 union all select k + 1 from n where k < ?)"
                        + " select hex(randomblob(16)), hex(randomblob(32)), '2020-01-01T00:00:00Z'"
                        + " from n",
                    ROWS));
    ledger().close();
    long before = Files.size(file);
    PurgedRows removed;
    try (Ledger again = new Ledger(place(), Clock.systemUTC())) {
      LedgerPurge purge = new LedgerPurge(again, Clock.systemUTC());
      removed =
          purge.olderThan(
              Clock.systemUTC().instant().minus(Duration.ofDays(400)), false, () -> true);
    }

    assertThat(removed.of("orchestrations")).isEqualTo(ROWS);
    assertThat(Files.size(file)).isLessThan(before / 10);
    assertThat(before - Files.size(file)).isEqualTo(removed.bytes());
  }
}
