package io.orchscope.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves what SQLite has logged into the ledger's file, beside the work.
 *
 * <p>Left alone, SQLite does it in the transaction that fills the log, and all circuits wait for
 * the disk: a third of a second every few thousand of them. Here most is copied while others write
 * on; only the rest, some milliseconds' worth, is copied under the ledger's lock, so that the log
 * begins anew and does not grow.
 */
final class Checkpoints implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Checkpoints.class);
  private static final long PERIOD_MILLIS = 1000;

  /** Pages of 4 KiB. */
  private static final long LONG_LOG = 2000;

  /** A log that begins anew keeps the length of its file, unless it is cut. */
  private static final long HUGE_LOG = 16_000;

  private final Complaint complaint =
      new Complaint(log, "The ledger's log cannot be moved into its file");
  private final Connection connection;
  private final Object ledger;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "ledger-checkpoints");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Begins at once.
   *
   * @param connection for this alone; closed at the end
   * @param ledger whose monitor keeps others from writing
   */
  Checkpoints(Connection connection, Object ledger) {
    this.connection = connection;
    this.ledger = ledger;
    var unused =
        clock.scheduleWithFixedDelay(
            this::checkpoint, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Once, now. */
  synchronized void checkpoint() {
    try {
      long pages = copy("passive");
      if (pages > LONG_LOG) {
        synchronized (ledger) {
          copy(pages > HUGE_LOG ? "truncate" : "restart");
        }
      }
      complaint.isOver();
    } catch (SQLException e) {
      complaint.about(e);
    }
  }

  /** Answers how many pages the log has. */
  private long copy(String mode) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("pragma wal_checkpoint(" + mode + ")")) {
      return row.next() ? row.getLong("log") : 0;
    }
  }

  @Override
  public void close() {
    clock.shutdown();
    try {
      if (!clock.awaitTermination(10, TimeUnit.SECONDS)) {
        log.warn("The ledger's log is still being moved into its file.");
      }
      connection.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      log.warn("A connection of the ledger could not be closed.", e);
    }
  }
}
