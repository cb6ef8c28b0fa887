package io.orchscope.legacy;

import io.orchscope.defect.DefectRule;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Writes rules as the old monitor's table, for those who stay with it. */
public final class TableExport {

  private static final String NONE = "none";
  private static final List<String> HEADER =
      List.of(Columns.CODE, Columns.RAW_ERROR, Columns.CATEGORY, Columns.PATTERN);

  /** In characters, what a cell of a spreadsheet takes. */
  private static final int LONGEST_CELL = 32_767;

  private TableExport() {}

  /** Whether a name says a kind of file that can be written. */
  public static boolean knows(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".xlsx") || name.endsWith(".csv");
  }

  /** Writes all rules, in their order, to a spreadsheet or as CSV, as the name says. */
  public static void write(Path file, List<DefectRule> rules) throws IOException {
    List<List<String>> rows = rules.stream().map(TableExport::cells).toList();
    if (file.toString().toLowerCase(Locale.ROOT).endsWith(".xlsx")) {
      writeSpreadsheet(file, rows);
    } else {
      writeText(file, rows);
    }
  }

  private static List<String> cells(DefectRule rule) {
    return List.of(
        rule.code().toString(),
        rule.examples().isEmpty() ? "" : rule.examples().get(0),
        NONE,
        rule.written());
  }

  private static void writeSpreadsheet(Path file, List<List<String>> rows) throws IOException {
    try (OutputStream stream = Files.newOutputStream(file);
        Workbook workbook = new Workbook(stream, "Orchscope", "1.0")) {
      Worksheet sheet = workbook.newWorksheet(XlsxTable.SHEET);
      for (int column = 0; column < HEADER.size(); column++) {
        sheet.value(0, column, HEADER.get(column));
        sheet.style(0, column).bold().set();
      }
      for (int row = 0; row < rows.size(); row++) {
        for (int column = 0; column < HEADER.size(); column++) {
          // A text is never a formula in a cell of this kind.
          sheet.value(row + 1, column, cell(rows.get(row).get(column)));
        }
      }
      sheet.freezePane(0, 1);
      workbook.finish();
    }
  }

  /** XML takes no control characters, and a cell no longer text. */
  private static String cell(String text) {
    String plain = text.replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]", " ");
    return plain.length() <= LONGEST_CELL ? plain : plain.substring(0, LONGEST_CELL);
  }

  private static void writeText(Path file, List<List<String>> rows) throws IOException {
    try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        CSVPrinter printer = new CSVPrinter(writer, CSVFormat.DEFAULT)) {
      printer.printRecord(HEADER);
      for (List<String> row : rows) {
        printer.printRecord(row.stream().map(TableExport::harmless).toList());
      }
    }
  }

  /** With a mark that keeps spreadsheets from taking the text for a formula. */
  private static String harmless(String cell) {
    return cell.matches("(?s)[=+@\\t\\r-].*") ? "'" + cell : cell;
  }
}
