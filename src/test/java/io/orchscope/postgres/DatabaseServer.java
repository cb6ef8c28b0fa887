package io.orchscope.postgres;

import io.orchscope.ledger.LedgerPlace;
import io.orchscope.settings.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** PostgreSQL's own server, at a free port of loopback; its files are below a folder. */
public final class DatabaseServer implements AutoCloseable {

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final Path folder;
  private final int port;
  private EmbeddedPostgres server;

  private DatabaseServer(Path folder, int port) throws IOException {
    this.folder = folder;
    this.port = port;
    this.server = run(folder, port);
  }

  public static DatabaseServer start(Path folder) throws IOException {
    return new DatabaseServer(folder, freePort());
  }

  /** The address of a database that nobody has used. */
  public String newDatabase() {
    String name = "ledger" + DATABASES.incrementAndGet();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
  }

  /** The same, as the ledger is told. */
  public LedgerPlace newPlace() {
    return LedgerPlace.server(newDatabase(), "postgres", new Secret("postgres"));
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
        .setServerConfig("fsync", "off")
        .start();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
