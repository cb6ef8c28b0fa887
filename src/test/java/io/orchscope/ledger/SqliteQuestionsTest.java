package io.orchscope.ledger;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Questions to a file. */
final class SqliteQuestionsTest extends QuestionsTest {

  @TempDir private Path folder;

  @Override
  LedgerPlace place() {
    return LedgerPlace.file(folder.resolve("ledger.db"));
  }
}
