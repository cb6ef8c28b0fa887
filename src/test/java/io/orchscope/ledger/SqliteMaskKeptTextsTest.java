package io.orchscope.ledger;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The same in a file. */
final class SqliteMaskKeptTextsTest extends MaskKeptTextsTest {

  @TempDir private Path folder;

  @Override
  LedgerPlace place() {
    return LedgerPlace.file(folder.resolve("ledger.db"));
  }
}
