package io.orchscope.ledger;

import io.orchscope.settings.Secret;
import io.orchscope.settings.Settings;
import java.nio.file.Path;

/** Where a ledger is kept. */
public abstract sealed class LedgerPlace {

  /** Where the settings say. */
  public static LedgerPlace of(Settings settings) {
    return settings.text("ledger.url").isEmpty()
        ? file(Path.of(settings.text("ledger.file")))
        : server(
            settings.text("ledger.url"),
            settings.text("ledger.username"),
            settings.secret("ledger.password"));
  }

  /** What keeps it there. */
  abstract Store store();

  /** In one SQLite file on a local disk, made where there is none. */
  public static LedgerPlace file(Path path) {
    return new File(path);
  }

  /**
   * On a PostgreSQL server, for processes on several machines.
   *
   * @param url as in {@code jdbc:postgresql://host:5432/orchscope}; the database is there, its
   *     tables are made
   */
  public static LedgerPlace server(String url, String username, Secret password) {
    return new Server(url, username, password);
  }

  private static final class File extends LedgerPlace {

    private final Path path;

    File(Path path) {
      this.path = path;
    }

    @Override
    Store store() {
      return new SqliteStore(path);
    }
  }

  private static final class Server extends LedgerPlace {

    private final PostgresStore.Address address;

    Server(String url, String username, Secret password) {
      this.address = new PostgresStore.Address(url, username, password);
    }

    @Override
    Store store() {
      return new PostgresStore(address);
    }
  }
}
