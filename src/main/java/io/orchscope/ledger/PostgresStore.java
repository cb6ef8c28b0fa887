package io.orchscope.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.orchscope.settings.Secret;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server, by a pool of connections.
 *
 * <p>What fails before it is committed, because the server restarts or two transactions stand in
 * each other's way, is done again. A commit without an answer is not: nobody knows what came of it,
 * and the next poll finds out.
 */
final class PostgresStore implements Store {

  private static final Logger log = LoggerFactory.getLogger(PostgresStore.class);

  /** A process that stands still in a transaction holds up the others no longer than a loan. */
  private static final String LET_GO = "set idle_in_transaction_session_timeout = '10s'";

  /** SQLSTATEs of a connection that broke. */
  private static final String BROKEN = "08.*";

  /** Those with which the server says that it has not done it, and may another time. */
  private static final String REFUSED = "25P03|57P0[123]|40001|40P01|53300";

  private static final int CONNECTIONS = 10;
  private static final int CONNECT_MILLIS = 5_000;
  private static final int REPLY_SECONDS = 30;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  /** Of a database, and who asks. */
  record Address(String url, String username, Secret password) {

    /** The address for messages: a password may stand in its user part or its parameters. */
    String shown() {
      return url.replaceFirst("//[^/?]*@", "//").replaceFirst("\\?.*", "?…");
    }
  }

  private final Address place;
  private Optional<HikariDataSource> pool = Optional.empty();
  private boolean closed;

  PostgresStore(Address place) {
    this.place = place;
  }

  @Override
  public <T> T transact(Work<T> work) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        return attempt(work);
      } catch (NotCommitted fault) {
        if (!mayRepeat(fault.reason) || System.nanoTime() > deadline) {
          throw cannotBeUsed(fault.reason);
        }
        log.warn(
            "The ledger does not answer; trying again. url={} reason={}",
            place.shown(),
            fault.getMessage());
        sleep(pause);
        pause = pause.multipliedBy(2);
        pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
      }
    }
  }

  /**
   * Takes the lock that each insert and update takes, of every table, so that a table that others
   * have locked is noticed too.
   */
  @Override
  public void probe(Duration patience) {
    try (Handle handle = Jdbi.open(pool())) {
      handle.useTransaction(
          open -> {
            open.execute("set local lock_timeout = " + patience.toMillis());
            open.execute("set local statement_timeout = " + patience.toMillis());
            tables(open)
                .ifPresent(all -> open.execute("lock table " + all + " in row exclusive mode"));
            open.execute(PROBE);
          });
    } catch (JdbiException fault) {
      throw cannotBeUsed(fault);
    }
  }

  private static Optional<String> tables(Handle handle) {
    return handle
        .createQuery(
            "select string_agg(quote_ident(schemaname) || '.' || quote_ident(tablename), ', ') from"
                + " pg_tables where schemaname = current_schema() and tableowner = current_user")
        .mapTo(String.class)
        .findOne();
  }

  /** Whether a transaction has a number, which it gets by its first write. */
  @Override
  public long writes(Handle handle) {
    return handle
        .createQuery("select coalesce(txid_current_if_assigned(), 0)")
        .mapTo(Long.class)
        .one();
  }

  /** The server's own vacuum makes room for what comes next; files become shorter by no more. */
  @Override
  public long giveBack(Handle handle, int most) {
    return 0;
  }

  @Override
  public boolean comparesBytes() {
    return false;
  }

  @Override
  public boolean exists() {
    return true;
  }

  @Override
  public synchronized void close() {
    closed = true;
    pool.ifPresent(HikariDataSource::close);
    pool = Optional.empty();
  }

  private <T> T attempt(Work<T> work) throws NotCommitted {
    try (Handle handle = open()) {
      T result = inTransaction(handle, work);
      handle.commit();
      return result;
    } catch (JdbiException fault) {
      // A connection that breaks in the middle leaves open whether it was committed; a refusal not.
      if (hasState(fault, REFUSED)) {
        throw new NotCommitted(fault);
      }
      throw cannotBeUsed(fault);
    }
  }

  private Handle open() throws NotCommitted {
    DataSource connections = pool();
    try {
      return Jdbi.open(connections);
    } catch (JdbiException unreachable) {
      throw new NotCommitted(unreachable);
    }
  }

  private static <T> T inTransaction(Handle handle, Work<T> work) throws NotCommitted {
    try {
      handle.begin();
      return work.on(handle, new CircuitWrites(handle.getConnection()));
    } catch (SQLException | JdbiException fault) {
      rollBack(handle);
      throw new NotCommitted(fault);
    } catch (RuntimeException | Error bug) {
      rollBack(handle);
      throw bug;
    }
  }

  private static void rollBack(Handle handle) {
    try {
      handle.rollback();
    } catch (JdbiException gone) {
      log.debug("What was not committed is gone with its connection.", gone);
    }
  }

  private synchronized HikariDataSource pool() {
    if (closed) {
      throw new LedgerException("The ledger " + place.shown() + " is closed already.");
    }
    if (pool.isEmpty()) {
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(place.url());
      config.setUsername(place.username());
      config.setPassword(place.password().reveal());
      config.setPoolName("ledger");
      config.setMaximumPoolSize(CONNECTIONS);
      config.setConnectionTimeout(CONNECT_MILLIS);
      config.addDataSourceProperty("connectTimeout", CONNECT_MILLIS / 1000);
      config.addDataSourceProperty("socketTimeout", REPLY_SECONDS);
      config.addDataSourceProperty("ApplicationName", "orchscope");
      config.setConnectionInitSql(LET_GO);
      pool = Optional.of(opened(config));
    }
    return pool.get();
  }

  /** Not tried again: an address that never worked is rather wrong than slow. */
  private HikariDataSource opened(HikariConfig config) {
    HikariDataSource opened;
    try {
      opened = new HikariDataSource(config);
    } catch (PoolInitializationException unreachable) {
      throw cannotBeUsed(unreachable);
    }
    try {
      Flyway.configure().dataSource(opened).javaMigrations(new MaskKeptTexts()).load().migrate();
      return opened;
    } catch (FlywayException unusable) {
      opened.close();
      throw cannotBeUsed(unusable);
    }
  }

  /** A server that restarts, a connection that broke, a transaction in another's way. */
  private static boolean mayRepeat(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientException) {
        return true;
      }
    }
    return hasState(failure, BROKEN + "|" + REFUSED);
  }

  private static boolean hasState(@Nullable Throwable failure, String states) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState().matches(states);
      }
    }
    return false;
  }

  private LedgerException cannotBeUsed(Throwable fault) {
    return new LedgerException("The ledger " + place.shown() + " cannot be used.", fault);
  }

  private static void sleep(Duration pause) {
    try {
      TimeUnit.MILLISECONDS.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LedgerException("Interrupted while the ledger did not answer.", e);
    }
  }

  /** Nothing has come of it, so it may be done again. */
  private static final class NotCommitted extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Exception reason;

    NotCommitted(Exception reason) {
      super(String.valueOf(reason.getMessage()), reason);
      this.reason = reason;
    }
  }
}
