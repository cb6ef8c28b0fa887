package io.orchscope.alert;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Every circuit of a message, as a table that spreadsheets read. */
final class CircuitTable {

  /** What a spreadsheet takes for a formula when a cell begins with it. */
  private static final String FORMULA = "=+-@\t\r\n＝＋－＠";

  /**
   * One line for each alert, below a line of titles.
   *
   * <p>Shape: RFC 4180. A cell that a spreadsheet would run as a formula begins with an apostrophe.
   */
  static String of(List<Alert> alerts) {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter table = new CSVPrinter(text, CSVFormat.RFC4180)) {
      table.printRecord(
          "circuit",
          "resource_id",
          "product_type",
          "defect_code",
          "tid",
          "management_ip",
          "occurred_at",
          "error",
          "trace_id",
          "evidence");
      for (Alert alert : alerts) {
        table.printRecord(row(alert));
      }
    } catch (IOException impossible) {
      throw new IllegalStateException("A text in memory takes everything.", impossible);
    }
    return text.toString();
  }

  /** One line for each circuit that could not be examined, in the same shape. */
  static String notExamined(List<Notices.Unexamined> circuits) {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter table = new CSVPrinter(text, CSVFormat.RFC4180)) {
      table.printRecord("circuit", "resource_id", "reason", "explanation");
      for (Notices.Unexamined circuit : circuits) {
        table.printRecord(
            cell(circuit.circuit()),
            cell(circuit.resourceId()),
            cell(circuit.what()),
            cell(circuit.explanation()));
      }
    } catch (IOException impossible) {
      throw new IllegalStateException("A text in memory takes everything.", impossible);
    }
    return text.toString();
  }

  private static List<String> row(Alert alert) {
    Instant occurred = alert.occurredAt();
    return List.of(
        cell(alert.circuit().value()),
        cell(alert.resourceId().value()),
        cell(alert.productType()),
        cell(alert.defectCode()),
        cell(
            alert.devices().stream()
                .map(device -> device.tid().value())
                .collect(Collectors.joining(" "))),
        cell(
            alert.devices().stream()
                .flatMap(device -> device.managementAddress().stream())
                .collect(Collectors.joining(" "))),
        occurred.toString(),
        cell(alert.errorText()),
        cell(alert.telemetryTraceId().orElse("")),
        cell(alert.evidence().orElse("")));
  }

  /** What a spreadsheet shows and does not run. */
  static String cell(String text) {
    return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  private CircuitTable() {}
}
