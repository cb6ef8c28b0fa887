package io.orchscope.ledger;

import java.sql.SQLException;
import java.time.Duration;
import org.jdbi.v3.core.Handle;

/** A database that a ledger is kept in; opened, and brought up to date, when it is first asked. */
interface Store extends AutoCloseable {

  /** A write that changes nothing, to a table that every ledger has and no other work writes. */
  String PROBE =
      "update flyway_schema_history set installed_rank = installed_rank where installed_rank ="
          + " (select min(installed_rank) from flyway_schema_history)";

  /** Something to do with the open database, inside a transaction. */
  interface Work<T> {
    T on(Handle handle, CircuitWrites circuits) throws SQLException;
  }

  /** Something to find out. */
  interface Look<T> {
    T at(Handle handle) throws SQLException;
  }

  /**
   * Does all of the work or nothing of it.
   *
   * <p>Errors: {@link LedgerException} that names the place, when it cannot be used.
   */
  <T> T transact(Work<T> work);

  /**
   * Only reads, beside those who write where the database can do that.
   *
   * <p>Errors: as for {@link #transact}.
   */
  default <T> T look(Look<T> question) {
    return transact((handle, circuits) -> question.at(handle));
  }

  /**
   * Gives some of the room that nothing stands in any more back to the disk, inside a transaction.
   *
   * @param most how many pages
   * @return bytes; 0 when what is free is kept for what comes next
   */
  long giveBack(Handle handle, int most) throws SQLException;

  /**
   * Writes a little and commits it, so that a full disk and a lock are noticed.
   *
   * <p>Errors: {@link LedgerException}, also when the database does not answer in time.
   *
   * @param patience how long to wait for a lock
   */
  void probe(Duration patience);

  /** A number that changes with each write of the transaction. */
  long writes(Handle handle);

  /** Whether texts are in the order of their bytes, whatever language the server speaks. */
  boolean comparesBytes();

  /** Whether there is one; asking one that is not there makes it. */
  boolean exists();

  @Override
  void close();
}
