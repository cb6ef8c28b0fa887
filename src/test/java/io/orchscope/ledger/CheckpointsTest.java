package io.orchscope.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether SQLite's log stays short while there is no end of writing. */
final class CheckpointsTest {

  private static final int ROUNDS = 8;

  /** Of 4 KiB, in each round: more than a log may have before it begins anew. */
  private static final int PAGES = 2500;

  @TempDir private Path folder;

  @Test
  void beginsTheLogAnewInsteadOfLettingItGrow() throws Exception {
    Path file = folder.resolve("ledger.db");
    LedgerFile opened = LedgerFile.open(file);
    try (Handle work = opened.begin();
        Checkpoints checkpoints = new Checkpoints(opened.connect(), this)) {
      work.execute("create table filling (id integer primary key, filling blob)");

      for (int round = 0; round < ROUNDS; round++) {
        work.execute(
            "insert into filling (filling) with recursive n(k) as"
                + " (select 1 union all select k + 1 from n where k < ?)"
                + " select randomblob(4000) from n",
            PAGES);
        checkpoints.checkpoint();
      }

      long log = Files.size(folder.resolve("ledger.db-wal")) / 4096;
      assertThat(log).isBetween((long) PAGES, 3L * PAGES);
      assertThat(Files.size(file) / 4096).isGreaterThan((ROUNDS - 1L) * PAGES);
    }
  }
}
