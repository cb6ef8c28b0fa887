package io.orchscope.legacy;

import io.orchscope.legacy.TableFinding.Kind;
import io.orchscope.settings.InvalidFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;

/** The spreadsheet: sheet {@code categorized}. */
final class XlsxTable {

  static final String SHEET = "categorized";

  private final Path file;
  private final List<LegacyRow> rows = new ArrayList<>();
  private final List<TableFinding> findings = new ArrayList<>();
  private Optional<Columns> columns = Optional.empty();

  private XlsxTable(Path file) {
    this.file = file;
  }

  /** Errors: {@link InvalidFileException}. */
  static LegacyTable read(Path file) {
    XlsxTable table = new XlsxTable(file);
    try (ReadableWorkbook workbook = new ReadableWorkbook(file.toFile())) {
      try (Stream<Row> all = table.sheet(workbook).openStream()) {
        all.forEach(table::add);
      }
    } catch (IOException | ExcelReaderException unreadable) {
      throw new InvalidFileException(
          file.toString(),
          "whole file",
          "it is no spreadsheet of the kind .xlsx: " + unreadable.getMessage(),
          "Save it as .xlsx, or as CSV.");
    }
    if (table.columns.isEmpty()) {
      Columns.of(file, "sheet " + SHEET, List.of());
    }
    return new LegacyTable(table.rows, table.findings);
  }

  private Sheet sheet(ReadableWorkbook workbook) {
    List<Sheet> sheets = workbook.getSheets().toList();
    return sheets.stream()
        .filter(sheet -> sheet.getName().strip().equalsIgnoreCase(SHEET))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidFileException(
                    file.toString(),
                    "whole file",
                    "there is no sheet '%s'; it has: %s"
                        .formatted(
                            SHEET,
                            sheets.stream().map(Sheet::getName).collect(Collectors.joining(", "))),
                    "Name the sheet with the patterns '" + SHEET + "'."));
  }

  private void add(Row row) {
    List<String> cells = new ArrayList<>();
    String place = "sheet " + SHEET + ", row " + row.getRowNum();
    for (int i = 0; i < row.getCellCount(); i++) {
      cells.add(row.getOptionalCell(i).map(cell -> text(cell, place)).orElse(""));
    }
    if (columns.isEmpty()) {
      columns =
          Columns.isHeader(cells) ? Optional.of(Columns.of(file, place, cells)) : Optional.empty();
    } else if (cells.stream().anyMatch(cell -> !cell.isBlank())) {
      rows.add(columns.get().row(place, cells));
    }
  }

  private String text(Cell cell, String place) {
    if (cell.getType() == CellType.FORMULA) {
      findings.add(
          new TableFinding(
              Kind.FORMULA,
              place + ", cell " + cell.getAddress(),
              "",
              "the cell holds the formula " + cell.getFormula(),
              "Write the text itself."));
    }
    String text = cell.getText();
    return text == null ? "" : text;
  }
}
