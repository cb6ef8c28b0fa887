package io.orchscope.ledger;

import io.orchscope.postgres.DatabaseServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Another code, on a PostgreSQL server. */
final class PostgresMaskKeptTextsTest extends MaskKeptTextsTest {

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
}
