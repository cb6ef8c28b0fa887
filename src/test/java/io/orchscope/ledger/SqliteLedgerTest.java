package io.orchscope.ledger;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The ledger in a file, in a folder that is not there yet. */
final class SqliteLedgerTest extends LedgerTest {

  @TempDir private Path folder;

  @Override
  LedgerPlace place() {
    return LedgerPlace.file(folder.resolve("some/folder/ledger.db"));
  }
}
