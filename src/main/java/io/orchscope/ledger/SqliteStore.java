package io.orchscope.ledger;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** SQLite has one writer, so there is one connection, and threads take turns. */
final class SqliteStore implements Store {

  private final Path file;
  private Optional<Open> open = Optional.empty();
  private boolean closed;

  /** A connection and what is prepared on it. */
  private record Open(Handle handle, CircuitWrites circuits, Checkpoints checkpoints) {}

  SqliteStore(Path file) {
    this.file = file;
  }

  @Override
  public synchronized <T> T transact(Work<T> work) {
    if (closed) {
      throw new LedgerException("The ledger " + file + " is closed already.");
    }
    try {
      if (open.isEmpty()) {
        LedgerFile opened = LedgerFile.open(file);
        open =
            Optional.of(
                new Open(
                    opened.work(),
                    new CircuitWrites(opened.work().getConnection()),
                    new Checkpoints(opened.checkpoints(), this)));
      }
      Open now = open.get();
      return now.handle().inTransaction(handle -> work.on(handle, now.circuits()));
    } catch (SQLException | JdbiException fault) {
      throw new LedgerException("The ledger " + file + " cannot be used.", fault);
    }
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
    last.ifPresent(
        now -> {
          // Not under the lock: the last checkpoint may be waiting for it.
          now.checkpoints().close();
          now.handle().close();
        });
  }
}
