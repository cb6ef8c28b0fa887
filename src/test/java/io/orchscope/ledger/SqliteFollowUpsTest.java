package io.orchscope.ledger;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Follow-ups in a file. */
final class SqliteFollowUpsTest extends FollowUpsTest {

  @TempDir private Path folder;

  @Override
  LedgerPlace place() {
    return LedgerPlace.file(folder.resolve("ledger.db"));
  }
}
