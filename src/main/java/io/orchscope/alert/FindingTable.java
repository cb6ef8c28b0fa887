package io.orchscope.alert;

import io.orchscope.errortest.ErrorTestFinding;
import io.orchscope.errortest.FindingLine;
import io.orchscope.errortest.FindingSection;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Everything that tests found, as a table that spreadsheets read. */
final class FindingTable {

  /** One line for each thing that was found, below a line of titles; as {@link CircuitTable}. */
  static String of(List<FindingMessages.Item> items) {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter table = new CSVPrinter(text, CSVFormat.RFC4180)) {
      table.printRecord(
          "circuit",
          "product_type",
          "defect_code",
          "test",
          "outcome",
          "about",
          "finding",
          "details",
          "tested_at");
      for (FindingMessages.Item item : items) {
        table.printRecord(row(item.finding(), item.section()));
      }
    } catch (IOException impossible) {
      throw new IllegalStateException("A text in memory takes everything.", impossible);
    }
    return text.toString();
  }

  private static List<String> row(ErrorTestFinding finding, FindingSection section) {
    return List.of(
        CircuitTable.cell(finding.circuit()),
        CircuitTable.cell(finding.productType()),
        CircuitTable.cell(finding.defectCode()),
        CircuitTable.cell(finding.test()),
        section.outcome().word(),
        CircuitTable.cell(section.left() + " - " + section.right()),
        section.verdict(),
        CircuitTable.cell(
            section.lines().stream().map(FindingLine::plain).collect(Collectors.joining("\n"))),
        finding.testedAt().toString());
  }

  private FindingTable() {}
}
