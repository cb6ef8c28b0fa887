package io.orchscope.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * A report as a workbook, with the columns that people know.
 *
 * <p>Shape: sheet {@code count} (Date, Defect_number, Categorized_error, Count, as before, and
 * ours), sheet {@code errors} (createdAt is the time when the failure was found), sheet {@code
 * new}. No cell is a formula. Source: domain.md §2 and §4.6.
 */
public final class ReportSheet {

  /** In characters, what a cell takes. */
  private static final int LONGEST_CELL = 32_767;

  private static final String NEW_ERROR = "New Error Discovered";

  private final Report report;

  public ReportSheet(Report report) {
    this.report = report;
  }

  /** The file. */
  public byte[] xlsx() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Workbook workbook = new Workbook(bytes, "Orchscope", "1.0")) {
      counts(workbook.newWorksheet("count"));
      errors(workbook.newWorksheet("errors"));
      news(workbook.newWorksheet("new"));
      workbook.finish();
    } catch (IOException impossible) {
      throw new IllegalStateException("Memory takes everything.", impossible);
    }
    return bytes.toByteArray();
  }

  private void counts(Worksheet sheet) {
    head(
        sheet,
        List.of(
            "Date",
            "Defect_number",
            "Categorized_error",
            "Count",
            "Title",
            "Circuits",
            "Count_before"));
    int row = 1;
    for (Report.CodeLine line : report.codes()) {
      text(sheet, row, 0, report.window().from() + " - " + report.window().until());
      text(sheet, row, 1, line.pattern().isEmpty() ? NEW_ERROR : line.code());
      text(sheet, row, 2, line.pattern());
      sheet.value(row, 3, line.failures());
      text(sheet, row, 4, line.title());
      sheet.value(row, 5, line.circuits());
      sheet.value(row, 6, line.before());
      row++;
    }
  }

  private void errors(Worksheet sheet) {
    head(
        sheet,
        List.of(
            "createdAt",
            "id",
            "circuit_id",
            "orchState",
            "resourceTypeId",
            "Error",
            "Error Code",
            "Categorized Error",
            "over"));
    int row = 1;
    for (Report.Row failure : report.rows()) {
      text(sheet, row, 0, failure.foundAt().toString());
      text(sheet, row, 1, failure.resourceId());
      text(sheet, row, 2, failure.circuit());
      text(sheet, row, 3, failure.orchState());
      text(sheet, row, 4, failure.product());
      text(sheet, row, 5, failure.error());
      text(sheet, row, 6, failure.code().startsWith("DE-") ? failure.code() : NEW_ERROR);
      text(sheet, row, 7, failure.title());
      text(sheet, row, 8, failure.isOver() ? "yes" : "no");
      row++;
    }
  }

  private void news(Worksheet sheet) {
    head(sheet, List.of("Defect_number", "Product", "Title", "Count", "Group", "Came back"));
    int row = 1;
    for (Report.Kind kind : report.news()) {
      text(sheet, row, 0, kind.code());
      text(sheet, row, 1, kind.product());
      text(sheet, row, 2, kind.title());
      sheet.value(row, 3, kind.failures());
      text(sheet, row, 4, kind.groupId());
      text(sheet, row, 5, kind.isBack() ? "yes" : "no");
      row++;
    }
  }

  private static void head(Worksheet sheet, List<String> titles) {
    for (int column = 0; column < titles.size(); column++) {
      sheet.value(0, column, titles.get(column));
      sheet.style(0, column).bold().set();
    }
    sheet.freezePane(0, 1);
    sheet.setAutoFilter(0, 0, titles.size() - 1);
  }

  /** A text is never a formula in a cell of this kind; XML takes no control characters. */
  private static void text(Worksheet sheet, int row, int column, String text) {
    String plain = text.replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\\ufffe\\uffff]", " ");
    sheet.value(
        row, column, plain.length() <= LONGEST_CELL ? plain : plain.substring(0, LONGEST_CELL));
  }
}
