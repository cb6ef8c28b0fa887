package io.orchscope.ledger;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** SQLite has one writer, so there is one connection, and threads take turns. */
final class SqliteStore implements Store {

  private static final Logger log = LoggerFactory.getLogger(SqliteStore.class);

  /** One of so many pages. */
  private static final int KEPT_FREE = 10;

  private final Path file;
  private volatile Optional<Open> open = Optional.empty();
  private Optional<Session> session = Optional.empty();
  private final ReadConnections readers = new ReadConnections();
  private boolean closed;

  /** The file, and what moves its log beside the work. */
  private record Open(LedgerFile file, Checkpoints checkpoints) {}

  /** A connection and what is prepared on it. */
  private record Session(Handle handle, CircuitWrites circuits) {}

  SqliteStore(Path file) {
    this.file = file;
  }

  @Override
  public synchronized <T> T transact(Work<T> work) {
    if (closed) {
      throw new LedgerException("The ledger " + file + " is closed already.");
    }
    try {
      Session now = session();
      return now.handle().inTransaction(handle -> work.on(handle, now.circuits()));
    } catch (SQLException | JdbiException | FlywayException fault) {
      forgetSession();
      throw new LedgerException("The ledger " + file + " cannot be used.", fault);
    }
  }

  /**
   * On the connection that all writers take turns with: a second one would wait for our own work
   * too, without a turn.
   */
  @Override
  public synchronized void probe(Duration patience) {
    if (closed) {
      throw new LedgerException("The ledger " + file + " is closed already.");
    }
    try {
      Handle handle = session().handle();
      handle.execute("pragma busy_timeout = " + patience.toMillis());
      handle.useTransaction(open -> open.execute(PROBE));
      handle.execute("pragma busy_timeout = " + LedgerFile.BUSY_MILLIS);
    } catch (SQLException | JdbiException | FlywayException fault) {
      forgetSession();
      throw new LedgerException("The ledger " + file + " cannot be written.", fault);
    }
  }

  @Override
  public long writes(Handle handle) {
    return handle.createQuery("select total_changes()").mapTo(Long.class).one();
  }

  /** SQLite lets others read what was committed last while one writes. */
  @Override
  public <T> T look(Look<T> question) {
    LedgerFile now = opened();
    try {
      return readers.ask(now::beginReading, question);
    } catch (SQLException | JdbiException fault) {
      throw new LedgerException("The ledger " + file + " cannot be read.", fault);
    }
  }

  /** Without waiting for whoever writes. */
  private LedgerFile opened() {
    Optional<Open> now = open;
    if (now.isEmpty()) {
      transact((handle, circuits) -> true);
      now = open;
    }
    return now.orElseThrow(() -> new LedgerException("The ledger " + file + " is closed.")).file();
  }

  private Session session() throws SQLException {
    if (open.isEmpty()) {
      LedgerFile opened = LedgerFile.open(file);
      open = Optional.of(new Open(opened, new Checkpoints(opened.connect(), this)));
    }
    if (session.isEmpty()) {
      Handle handle = open.get().file().begin();
      session = Optional.of(new Session(handle, new CircuitWrites(handle.getConnection())));
    }
    return session.get();
  }

  /** After a full disk a connection is in a transaction that it can neither commit nor leave. */
  private void forgetSession() {
    try {
      session.ifPresent(broken -> broken.handle().close());
    } catch (RuntimeException alsoBroken) {
      log.debug("A connection of the ledger could not be closed.", alsoBroken);
    } finally {
      session = Optional.empty();
    }
  }

  /**
   * Moves pages from the end of the file to where some are free, and cuts the end off. A tenth of
   * the file stays free: what comes next would only make it longer again.
   */
  @Override
  public long giveBack(Handle handle, int most) throws SQLException {
    try (Statement statement = handle.getConnection().createStatement()) {
      long pages = number(statement, "pragma page_count");
      long spare = number(statement, "pragma freelist_count") - pages / KEPT_FREE;
      if (spare <= 0 || number(statement, "pragma auto_vacuum") != LedgerFile.INCREMENTAL) {
        return 0;
      }
      // Of the driver's ways only this one goes on to the last page.
      statement.executeUpdate("pragma incremental_vacuum(" + Math.min(spare, most) + ")");
      return (pages - number(statement, "pragma page_count"))
          * number(statement, "pragma page_size");
    }
  }

  private static long number(Statement statement, String pragma) throws SQLException {
    try (ResultSet row = statement.executeQuery(pragma)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  @Override
  public boolean comparesBytes() {
    return true;
  }

  @Override
  public boolean exists() {
    return Files.exists(file);
  }

  @Override
  public void close() {
    Optional<Open> last;
    synchronized (this) {
      last = open;
      open = Optional.empty();
      closed = true;
    }
    readers.close();
    // Not under the lock: the last checkpoint may be waiting for it.
    last.ifPresent(now -> now.checkpoints().close());
    synchronized (this) {
      forgetSession();
    }
  }
}
