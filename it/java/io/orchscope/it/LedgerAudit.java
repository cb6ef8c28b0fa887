package io.orchscope.it;

import io.orchscope.simulator.PostedMessage;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * What a ledger says of the work, as a stranger sees it, beside what the rooms have heard.
 *
 * @param decided resources with an outcome
 * @param untold errors that are neither told nor suppressed
 * @param silent defective circuits with an error that counts as told, and that no message names
 * @param repeated messages that say what another has said already
 */
record LedgerAudit(long decided, long untold, long silent, long repeated) {

  /** Of the file in a program's folder. */
  static LedgerAudit of(Path home, List<PostedMessage> messages) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(home))) {
      return of(connection, messages);
    }
  }

  static LedgerAudit of(Connection connection, List<PostedMessage> messages) throws SQLException {
    return new LedgerAudit(
        number(connection, "select count(*) from resource where outcome is not null"),
        number(
            connection,
            "select count(*) from occurrence where alert is null"
                + " or alert not in ('told', 'suppressed')"),
        silent(connection, messages),
        messages.size() - distinct(messages));
  }

  static String url(Path home) {
    return "jdbc:sqlite:" + home.resolve("var").resolve("ledger.db");
  }

  /** The number that a query answers. */
  static long number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static long silent(Connection connection, List<PostedMessage> messages)
      throws SQLException {
    long silent = 0;
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select r.circuit from resource r where r.outcome = 'defective' and exists (select"
                    + " 1 from occurrence o where o.resource_id = r.resource_id"
                    + " and o.alert = 'told')")) {
      while (row.next()) {
        String circuit = row.getString(1);
        if (messages.stream().noneMatch(message -> message.body().contains(circuit))) {
          silent++;
        }
      }
    }
    return silent;
  }

  private static long distinct(List<PostedMessage> messages) {
    return messages.stream()
        .map(message -> message.roomId() + "\n" + message.body())
        .map(said -> said.replaceAll("orchscope-[0-9a-f-]{36}", ""))
        .distinct()
        .count();
  }
}
