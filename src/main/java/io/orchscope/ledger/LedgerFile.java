package io.orchscope.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;

/** The ledger's SQLite file, made where there is none and brought up to date. */
final class LedgerFile {

  /** Errors: an exception that names the file, when it or its folder cannot be made. */
  static HikariDataSource open(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
    } catch (IOException denied) {
      throw new UncheckedIOException("The ledger's folder cannot be made: " + file, denied);
    }
    HikariConfig config = new HikariConfig();
    config.setPoolName("ledger");
    config.setJdbcUrl("jdbc:sqlite:" + file);
    // SQLite has one writer; queueing here is fairer and quieter than its busy time-outs.
    config.setMaximumPoolSize(1);
    config.addDataSourceProperty("journal_mode", "WAL");
    config.addDataSourceProperty("synchronous", "NORMAL");
    config.addDataSourceProperty("busy_timeout", "10000");
    HikariDataSource source = new HikariDataSource(config);
    Flyway.configure().dataSource(source).load().migrate();
    return source;
  }

  private LedgerFile() {}
}
