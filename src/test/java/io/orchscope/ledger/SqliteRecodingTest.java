package io.orchscope.ledger;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Another code, in a file. */
final class SqliteRecodingTest extends RecodingTest {

  @TempDir private Path folder;

  @Override
  LedgerPlace place() {
    return LedgerPlace.file(folder.resolve("ledger.db"));
  }
}
