package io.orchscope.postgres;

import io.orchscope.FreePort;
import io.orchscope.ledger.Ledger;
import io.orchscope.ledger.LedgerPlace;
import io.orchscope.settings.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * PostgreSQL's own server, at a free port of loopback; its files are below a folder.
 *
 * <p>The tests of one JVM share a server, and each of them has its own database. A test that
 * restarts the server starts its own.
 */
public final class DatabaseServer implements AutoCloseable {

  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static final String MIGRATED = "migrated";

  /** A server is there within a second, but not on a busy machine. */
  private static final Duration STARTUP = Duration.ofMinutes(3);

  private static Optional<DatabaseServer> shared = Optional.empty();

  private final Path folder;
  private final int port;
  private EmbeddedPostgres server;
  private boolean isMigrated;

  private DatabaseServer(Path folder, int port) throws IOException {
    this.folder = folder;
    this.port = port;
    this.server = run(folder, port);
  }

  public static DatabaseServer start(Path folder) throws IOException {
    return new DatabaseServer(folder, FreePort.next());
  }

  /** The server of all tests of this JVM, until the JVM ends. */
  public static synchronized DatabaseServer shared() throws IOException {
    if (shared.isEmpty()) {
      Path folder = Files.createTempDirectory("orchscope-postgres");
      DatabaseServer server = start(folder);
      shared = Optional.of(server);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(server, folder)));
    }
    return shared.get();
  }

  /** The address of an empty database. */
  public String newDatabase() {
    return create("ledger" + DATABASES.incrementAndGet(), "template1");
  }

  /** A new database with the ledger's empty tables. */
  public synchronized LedgerPlace newPlace() {
    if (!isMigrated) {
      try (Ledger ledger = new Ledger(place(create(MIGRATED, "template1")), Clock.systemUTC())) {
        ledger.deadLettersByKind();
      }
      isMigrated = true;
    }
    return place(create("ledger" + DATABASES.incrementAndGet(), MIGRATED));
  }

  private String create(String name, String template) {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name + " template " + template);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
  }

  private static LedgerPlace place(String url) {
    return LedgerPlace.server(url, "postgres", new Secret("postgres"));
  }

  /** Breaks every connection, and lets nobody in for a while. */
  public void restart(Duration pause) throws Exception {
    server.close();
    Thread.sleep(pause.toMillis());
    server = run(folder, port);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private static EmbeddedPostgres run(Path folder, int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(folder.resolve("data"))
        .setOverrideWorkingDirectory(folder.toFile())
        .setCleanDataDirectory(false)
        .setPort(port)
        .setPGStartupWait(STARTUP)
        .setServerConfig("fsync", "off")
        .setServerConfig("full_page_writes", "off")
        .start();
  }

  private static void remove(DatabaseServer server, Path folder) {
    try {
      server.close();
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException left) {
      throw new UncheckedIOException(left);
    }
  }
}
