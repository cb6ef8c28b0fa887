package io.orchscope.legacy;

import io.orchscope.settings.InvalidFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Where the columns of a table are.
 *
 * @param category -1 where there is none
 */
record Columns(int code, int rawError, int category, int pattern) {

  static final String CODE = "Error Code";
  static final String RAW_ERROR = "Raw Error";
  static final String CATEGORY = "Categorized Error";
  static final String PATTERN = "Regex Pattern";

  /**
   * Finds them in a header, in any order; names may be those of the spreadsheet or of the database.
   *
   * <p>Errors: {@link InvalidFileException} that names those that are missing.
   */
  static Columns of(Path file, String place, List<String> header) {
    List<String> names = header.stream().map(Columns::plain).toList();
    Columns columns =
        new Columns(
            names.indexOf(plain(CODE)),
            names.indexOf(plain(RAW_ERROR)),
            names.indexOf(plain(CATEGORY)),
            names.indexOf(plain(PATTERN)));
    if (columns.code < 0 || columns.rawError < 0 || columns.pattern < 0) {
      throw new InvalidFileException(
          file.toString(),
          place,
          "the header has not all of '%s', '%s', '%s'; it is: %s"
              .formatted(CODE, RAW_ERROR, PATTERN, String.join(" | ", header)),
          "Give the columns these names; their order and case do not matter.");
    }
    return columns;
  }

  /** Whether a row may be the header. */
  static boolean isHeader(List<String> cells) {
    return cells.stream().map(Columns::plain).anyMatch(plain(CODE)::equals);
  }

  private static String plain(String name) {
    return name.replace("\ufeff", "").strip().toLowerCase(Locale.ROOT).replaceAll("[ _-]+", " ");
  }

  /** The row that some cells are. */
  LegacyRow row(String place, List<String> cells) {
    return new LegacyRow(
        place,
        cell(cells, code).strip(),
        cell(cells, rawError),
        cell(cells, category),
        cell(cells, pattern));
  }

  private static String cell(List<String> cells, int index) {
    return index < 0 || index >= cells.size() ? "" : cells.get(index);
  }
}
