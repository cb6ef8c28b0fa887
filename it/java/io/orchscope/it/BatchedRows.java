package io.orchscope.it;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Rows that are sent some thousands at a time. */
final class BatchedRows implements AutoCloseable {

  private static final int AT_ONCE = 5_000;

  private final Connection connection;
  private final PreparedStatement insert;
  private int rows;

  BatchedRows(Connection connection, String insert) throws SQLException {
    this.connection = connection;
    this.insert = connection.prepareStatement(insert);
  }

  void row(@Nullable Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      insert.setObject(i + 1, values[i]);
    }
    insert.addBatch();
    if (++rows % AT_ONCE == 0) {
      insert.executeBatch();
      connection.commit();
    }
  }

  @Override
  public void close() throws SQLException {
    insert.executeBatch();
    connection.commit();
    insert.close();
  }
}
