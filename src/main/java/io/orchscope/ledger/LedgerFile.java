package io.orchscope.ledger;

import io.orchscope.settings.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The ledger's SQLite file, made where there is none and brought up to date.
 *
 * @param source of connections to it
 */
record LedgerFile(SQLiteDataSource source) {

  /** Of SQLite's auto_vacuum: when it is told to. */
  static final int INCREMENTAL = 2;

  static final int BUSY_MILLIS = 10_000;

  /** Pages; only if {@link Checkpoints} cannot do its work. */
  private static final int LONGEST_LOG = 50_000;

  /**
   * Opens the file.
   *
   * <p>Errors: an exception that names the file, when it or its folder cannot be made.
   */
  static LedgerFile open(Path file) throws SQLException {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        OwnerOnly.folder(folder);
      }
    } catch (IOException denied) {
      throw new UncheckedIOException("The ledger's folder cannot be made: " + file, denied);
    }
    if (!Files.exists(file)) {
      make(file);
    }
    OwnerOnly.tighten(file);
    OwnerOnly.tighten(file.resolveSibling(file.getFileName() + "-wal"));
    OwnerOnly.tighten(file.resolveSibling(file.getFileName() + "-shm"));
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    // Another process may share the file; a transaction that begins by reading could not go on to
    // write.
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    config.setBusyTimeout(BUSY_MILLIS);
    config.enforceForeignKeys(true);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    Flyway.configure().dataSource(source).javaMigrations(new MaskKeptTexts()).load().migrate();
    return new LedgerFile(source);
  }

  /** The connection that everybody uses, one at a time. */
  Handle begin() {
    Handle work = Jdbi.create(source).open();
    work.execute("pragma wal_autocheckpoint = " + LONGEST_LOG);
    return work;
  }

  /** A connection that only reads, beside the one that writes. */
  Handle beginReading() {
    Handle reader = Jdbi.create(source).open();
    reader.execute("pragma query_only = on");
    return reader;
  }

  /** A connection for one purpose. */
  Connection connect() throws SQLException {
    return source.getConnection();
  }

  /**
   * Lets the file become shorter in small steps. That has to be said before anything is in it;
   * SQLite's other way, a vacuum, copies the whole file while everybody waits.
   */
  private static void make(Path file) throws SQLException {
    try {
      // SQLite gives the two files beside it the same permissions.
      OwnerOnly.file(file);
    } catch (IOException denied) {
      throw new UncheckedIOException("The ledger cannot be made: " + file, denied);
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    try (Connection connection = config.createConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("pragma auto_vacuum = " + INCREMENTAL);
      statement.execute("vacuum");
    }
  }
}
