package io.orchscope.ledger;

import io.orchscope.alert.GroupKey;
import io.orchscope.defect.Fingerprint;
import io.orchscope.secret.MaskedJson;
import io.orchscope.secret.SecretMask;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

/**
 * Migration that masks secrets in texts of earlier versions, and gives groups whose fingerprint
 * changes by that their new name with their state, owner, thread and counts.
 *
 * <p>Where several groups differ in nothing but a secret they become one, which keeps the state
 * that a person gave to any of them.
 */
final class MaskKeptTexts implements JavaMigration {

  /** Rows that are read at a time. */
  static final int BATCH = 500;

  /** Table and key, and the columns that hold texts of other systems. */
  private record Texts(String table, String key, List<String> columns) {}

  private static final List<Texts> KEPT =
      List.of(
          new Texts("occurrence", "occurrence_key", List.of("alert_body")),
          new Texts("outbox", "message_key", List.of("body", "explanation")),
          new Texts("dead_letter", "letter_key", List.of("explanation", "body")),
          new Texts("resource", "resource_id", List.of("why")),
          new Texts("follow_up", "evidence", List.of("missing")),
          new Texts("failure_group", "group_id", List.of("example", "title", "note")),
          new Texts("audit", "changed_at, place", List.of("what", "note")),
          new Texts("deployment", "product_type, marked_at", List.of("note")),
          new Texts("error_test", "occurrence_key, test", List.of("body")));

  @Override
  public MigrationVersion getVersion() {
    return MigrationVersion.fromVersion("14.1");
  }

  @Override
  public String getDescription() {
    return "secrets are masked in kept texts";
  }

  @Override
  public Integer getChecksum() {
    return 1;
  }

  @Override
  public boolean canExecuteInTransaction() {
    return true;
  }

  @Override
  public void migrate(Context context) throws SQLException {
    Connection connection = context.getConnection();
    for (Map.Entry<String, String> moved : namesThatChange(connection).entrySet()) {
      move(connection, moved.getKey(), moved.getValue());
    }
    for (Texts texts : KEPT) {
      for (String column : texts.columns()) {
        mask(connection, texts.table(), texts.key().split(", "), column);
      }
    }
  }

  static String masked(String text) {
    if (!text.startsWith("{") && !text.startsWith("[")) {
      return SecretMask.textWithoutSecrets(text);
    }
    return new String(MaskedJson.of(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }

  private static void mask(Connection connection, String table, String[] keys, String column)
      throws SQLException {
    String names = String.join(", ", keys);
    String where = String.join(" = ? and ", keys) + " = ?";
    String marks = String.join(", ", Collections.nCopies(keys.length, "?"));
    String first =
        "select " + names + ", " + column + " from " + table + " where " + column + " is not null";
    String order = " order by " + names + " limit " + BATCH;
    try (PreparedStatement begin = connection.prepareStatement(first + order);
        PreparedStatement next =
            connection.prepareStatement(first + " and (" + names + ") > (" + marks + ")" + order);
        PreparedStatement change =
            connection.prepareStatement(
                "update " + table + " set " + column + " = ? where " + where)) {
      Object[] last = {};
      boolean isFull = true;
      while (isFull) {
        List<Object[]> rows = rows(last.length == 0 ? begin : next, last);
        for (Object[] row : rows) {
          String text = String.valueOf(row[keys.length]);
          String clean = masked(text);
          if (!clean.equals(text)) {
            change.setString(1, clean);
            bind(change, 2, row, keys.length);
            change.executeUpdate();
          }
        }
        isFull = rows.size() == BATCH;
        if (isFull) {
          last = Arrays.copyOf(rows.get(BATCH - 1), keys.length);
        }
      }
    }
  }

  /** The next batch; only one is in memory at a time. */
  private static List<Object[]> rows(PreparedStatement question, Object[] after)
      throws SQLException {
    bind(question, 1, after, after.length);
    List<Object[]> rows = new ArrayList<>(BATCH);
    try (ResultSet row = question.executeQuery()) {
      int columns = row.getMetaData().getColumnCount();
      while (row.next()) {
        Object[] values = new Object[columns];
        for (int i = 0; i < columns; i++) {
          values[i] = row.getObject(i + 1);
        }
        rows.add(values);
      }
    }
    return rows;
  }

  private static void bind(PreparedStatement statement, int first, Object[] values, int count)
      throws SQLException {
    for (int i = 0; i < count; i++) {
      statement.setObject(first + i, values[i]);
    }
  }

  /** Former name to new name and fingerprint, parted by a blank. */
  private static Map<String, String> namesThatChange(Connection connection) throws SQLException {
    Map<String, String> changes = new LinkedHashMap<>();
    try (PreparedStatement all =
            connection.prepareStatement(
                "select group_id, environment, product_type, defect_code, fingerprint, example"
                    + " from failure_group order by last_seen desc, group_id");
        ResultSet row = ofBatches(all).executeQuery()) {
      while (row.next()) {
        String example = row.getString(6);
        Fingerprint now = Fingerprint.of(SecretMask.textWithoutSecrets(example));
        boolean isOfExample = Fingerprint.of(example).value().equals(row.getString(5));
        if (isOfExample && !now.value().equals(row.getString(5))) {
          String name =
              new GroupKey(row.getString(2), row.getString(3), row.getString(4), now).id();
          changes.put(row.getString(1), name + " " + now.value());
        }
      }
    }
    return changes;
  }

  /** PostgreSQL reads all rows into memory unless a number is given. */
  private static PreparedStatement ofBatches(PreparedStatement question) throws SQLException {
    question.setFetchSize(BATCH);
    return question;
  }

  private static void move(Connection connection, String from, String to) throws SQLException {
    String name = to.substring(0, to.indexOf(' '));
    String fingerprint = to.substring(to.indexOf(' ') + 1);
    if (state(connection, name).isEmpty()) {
      update(
          connection,
          "update failure_group set group_id = ?, fingerprint = ? where group_id = ?",
          name,
          fingerprint,
          from);
    } else {
      join(connection, from, name);
    }
    update(connection, "update occurrence set group_id = ? where group_id = ?", name, from);
    update(connection, "update outbox set group_id = ? where group_id = ?", name, from);
    update(
        connection,
        "update failure_group set circuits = case when (select count(distinct circuit_id) from"
            + " occurrence where group_id = ?) > 0 then (select count(distinct circuit_id) from"
            + " occurrence where group_id = ?) else circuits end where group_id = ?",
        name,
        name,
        name);
  }

  /** Adds a group to one that is there already under the new name. */
  private static void join(Connection connection, String from, String to) throws SQLException {
    if (isOfPerson(state(connection, from)) && !isOfPerson(state(connection, to))) {
      for (String column :
          List.of("state", "state_since", "owner", "note", "until_at", "resolved_at")) {
        update(
            connection,
            "update failure_group set "
                + column
                + " = (select old."
                + column
                + " from failure_group old where old.group_id = ?) where group_id = ?",
            from,
            to);
      }
    }
    for (String change :
        List.of(
            "failures = failures + (select old.failures from",
            "circuits = circuits + (select old.circuits from",
            "first_seen = (select case when old.first_seen < failure_group.first_seen then"
                + " old.first_seen else failure_group.first_seen end from",
            "last_seen = (select case when old.last_seen > failure_group.last_seen then"
                + " old.last_seen else failure_group.last_seen end from",
            "told_at = (select coalesce(failure_group.told_at, old.told_at) from",
            "thread_at = (select case when failure_group.thread_key is null then old.thread_at"
                + " else failure_group.thread_at end from",
            "thread_key = (select coalesce(failure_group.thread_key, old.thread_key) from",
            "due_at = (select coalesce(failure_group.due_at, old.due_at) from")) {
      update(
          connection,
          "update failure_group set "
              + change
              + " failure_group old where old.group_id = ?) where group_id = ?",
          from,
          to);
    }
    update(connection, "delete from failure_group where group_id = ?", from);
  }

  private static boolean isOfPerson(Optional<String> state) {
    return state.filter(word -> word.equals("acknowledged") || word.equals("muted")).isPresent();
  }

  private static Optional<String> state(Connection connection, String group) throws SQLException {
    try (PreparedStatement find =
        connection.prepareStatement("select state from failure_group where group_id = ?")) {
      find.setString(1, group);
      try (ResultSet row = find.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }

  private static void update(Connection connection, String change, String... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(change)) {
      execute(statement, values);
    }
  }

  private static void execute(PreparedStatement statement, @Nullable String... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setString(i + 1, values[i]);
    }
    statement.executeUpdate();
  }
}
