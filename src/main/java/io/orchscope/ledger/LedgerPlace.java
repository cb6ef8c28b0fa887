package io.orchscope.ledger;

import io.orchscope.settings.Secret;
import io.orchscope.settings.Settings;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Where a ledger is kept. */
public final class LedgerPlace {

  private final Supplier<Store> store;

  private LedgerPlace(Supplier<Store> store) {
    this.store = store;
  }

  /** Where the settings say. */
  public static LedgerPlace of(Settings settings) {
    return settings.text("ledger.url").isEmpty()
        ? file(Path.of(settings.text("ledger.file")))
        : server(
            settings.text("ledger.url"),
            settings.text("ledger.username"),
            settings.secret("ledger.password"));
  }

  /** In one SQLite file on a local disk, made where there is none. */
  public static LedgerPlace file(Path path) {
    return new LedgerPlace(() -> new SqliteStore(path));
  }

  /**
   * On a PostgreSQL server, for processes on several machines.
   *
   * @param url as in {@code jdbc:postgresql://host:5432/orchscope}; the database is there, its
   *     tables are made
   */
  public static LedgerPlace server(String url, String username, Secret password) {
    PostgresStore.Address address = new PostgresStore.Address(url, username, password);
    return new LedgerPlace(() -> new PostgresStore(address));
  }

  /** What keeps it there. */
  Store store() {
    return store.get();
  }
}
