package io.orchscope.ledger;

import io.orchscope.postgres.DatabaseServer;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A purge on a PostgreSQL server. */
final class PostgresPurgeTest extends PurgeTest {

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
  int circuits() {
    return 200;
  }

  @Override
  LedgerPlace place() {
    return place;
  }
}
