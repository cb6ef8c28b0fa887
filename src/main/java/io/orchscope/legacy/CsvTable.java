package io.orchscope.legacy;

import io.orchscope.settings.InvalidFileException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The table as text, with commas or semicolons, in UTF-8 with or without its mark. */
final class CsvTable {

  private CsvTable() {}

  /** Errors: {@link InvalidFileException}. */
  static LegacyTable read(Path file) {
    List<LegacyRow> rows = new ArrayList<>();
    Optional<Columns> columns = Optional.empty();
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      try (CSVParser parser = CSVParser.parse(new StringReader(text), format(text))) {
        for (CSVRecord each : parser) {
          String place = "line " + parser.getCurrentLineNumber();
          List<String> cells = each.stream().map(CsvTable::plain).toList();
          if (columns.isEmpty()) {
            columns = Optional.of(Columns.of(file, place, cells));
          } else if (cells.stream().anyMatch(cell -> !cell.isBlank())) {
            rows.add(columns.get().row(place, cells));
          }
        }
      }
    } catch (CharacterCodingException otherwise) {
      throw invalid(file, "it is not written in UTF-8", "Save it as CSV UTF-8.");
    } catch (IOException | UncheckedIOException malformed) {
      throw invalid(
          file, "it cannot be read as CSV: " + malformed.getMessage(), "Close every quote in it.");
    }
    if (columns.isEmpty()) {
      Columns.of(file, "line 1", List.of());
    }
    return new LegacyTable(rows, List.of());
  }

  private static InvalidFileException invalid(Path file, String reason, String remedy) {
    return new InvalidFileException(file.toString(), "whole file", reason, remedy);
  }

  private static CSVFormat format(String text) {
    String head = text.lines().findFirst().orElse("");
    char delimiter =
        head.chars().filter(c -> c == ';').count() > head.chars().filter(c -> c == ',').count()
            ? ';'
            : ',';
    return CSVFormat.DEFAULT.builder().setDelimiter(delimiter).setIgnoreEmptyLines(true).get();
  }

  /** Without the mark that keeps spreadsheets from taking a text for a formula. */
  private static String plain(String cell) {
    return cell.matches("(?s)'[=+@\\t\\r-].*") ? cell.substring(1) : cell;
  }
}
