package io.orchscope.legacy;

import io.orchscope.settings.InvalidFileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The old monitor's table, in whatever file it is. */
public final class TableFile {

  private TableFile() {}

  /**
   * Reads a table.
   *
   * <p>Errors: {@link InvalidFileException} when it is not one: file, place, reason and remedy.
   */
  public static LegacyTable read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidFileException(
          file.toString(), "whole file", "there is no such file", "Name the table's file.");
    }
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".xlsx") || name.endsWith(".xlsm")) {
      return XlsxTable.read(file);
    }
    if (name.endsWith(".csv") || name.endsWith(".txt")) {
      return CsvTable.read(file);
    }
    if (name.endsWith(".db") || name.endsWith(".sqlite") || name.endsWith(".sqlite3")) {
      return SqliteTable.read(file);
    }
    throw new InvalidFileException(
        file.toString(),
        "its name",
        "nobody knows what it is",
        "Give a spreadsheet (.xlsx), a text (.csv) or a SQLite file (.db).");
  }
}
