package io.orchscope.legacy;

import io.orchscope.settings.InvalidFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteConfig;

/** The newer store: table {@code defects(error_code, raw_error, regex_pattern)} of SQLite. */
final class SqliteTable {

  private SqliteTable() {}

  /** Errors: {@link InvalidFileException}. */
  static LegacyTable read(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    List<LegacyRow> rows = new ArrayList<>();
    try (Connection connection = config.createConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select rowid, error_code, raw_error, regex_pattern from defects order by rowid")) {
      while (row.next()) {
        rows.add(
            new LegacyRow(
                "row " + row.getLong(1), text(row, 2).strip(), text(row, 3), "", text(row, 4)));
      }
    } catch (SQLException unreadable) {
      throw new InvalidFileException(
          file.toString(),
          "table defects",
          "it cannot be read: " + unreadable.getMessage(),
          "Give a SQLite file with defects(error_code, raw_error, regex_pattern).");
    }
    return new LegacyTable(rows, List.of());
  }

  private static String text(ResultSet row, int column) throws SQLException {
    return Optional.ofNullable(row.getString(column)).orElse("");
  }
}
