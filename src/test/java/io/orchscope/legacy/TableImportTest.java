package io.orchscope.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchscope.defect.DefectCode;
import io.orchscope.defect.DefectRules;
import io.orchscope.defect.RulesFile;
import io.orchscope.legacy.TableFinding.Kind;
import io.orchscope.settings.InvalidFileException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of the old monitor, with all that can be wrong with them. */
final class TableImportTest {

  private static final Comparator<DefectCode> BY_NUMBER = Comparator.naturalOrder();

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"table.xlsx", "table.csv", "table.db"})
  void findsEveryMistakeThatWasPlantedAndNoOther(String name) throws Exception {
    PlantedTable planted = new PlantedTable(3_000);
    Path file = written(name, planted.rows);
    long begun = System.nanoTime();

    LegacyTable table = TableFile.read(file);
    TableImport.Outcome outcome = TableImport.of(table, BY_NUMBER, List.of());

    System.out.printf(
        "TableImportTest: %s, %,d rows, %,d findings, %,d ms, %,d MB in use%n",
        name,
        table.rows().size(),
        outcome.findings().size(),
        (System.nanoTime() - begun) / 1_000_000,
        (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
    assertThat(table.rows()).hasSize(3_000);
    assertThat(codes(outcome)).isEqualTo(planted.planted);
    assertThat(outcome.kept().size() + outcome.leftOut().size()).isEqualTo(3_000);
  }

  @Test
  void writesAFileOfRulesThatLoads() throws Exception {
    LegacyTable table = TableFile.read(written("table.csv", new PlantedTable(300).rows));
    TableImport.Outcome outcome = TableImport.of(table, BY_NUMBER, List.of());
    Path file = folder.resolve("rules.yaml");

    Files.writeString(file, ImportedRules.yaml(outcome, "noc", "number"));

    DefectRules rules = RulesFile.read(file);
    assertThat(rules.rules()).hasSameSizeAs(outcome.kept());
    for (TableImport.LeftOut left : outcome.leftOut()) {
      assertThat(file).content().contains("# Left out, " + left.row().place());
    }
    assertThat(rules.rules())
        .extracting(rule -> rule.written())
        .containsExactlyElementsOf(
            outcome.kept().stream().map(kept -> kept.row().pattern()).toList());
  }

  @Test
  void triesRowsInTheOrderOfTextsWhereThatIsAskedFor() throws Exception {
    List<List<String>> rows =
        List.of(
            List.of("DE-9999", "link down on port", "none", "link"),
            List.of("DE-10000", "link down on port", "none", "down"));
    LegacyTable table = TableFile.read(written("table.csv", rows));
    Path file = folder.resolve("rules.yaml");

    Files.writeString(
        file,
        ImportedRules.yaml(TableImport.of(table, DefectCode.BY_TEXT, List.of()), "noc", "text"));

    assertThat(RulesFile.read(file).classify("link down").codeOrUnclassified())
        .isEqualTo("DE-10000");
    assertThat(codes(TableImport.of(table, DefectCode.BY_TEXT, List.of())))
        .containsOnlyKeys(Kind.SHADOWED)
        .containsEntry(Kind.SHADOWED, new TreeSet<>(List.of("DE-9999")));
    assertThat(codes(TableImport.of(table, BY_NUMBER, List.of())))
        .containsEntry(Kind.SHADOWED, new TreeSet<>(List.of("DE-10000")));
  }

  @Test
  void leavesOutWhatWouldMakeTheWholeTableUseless() throws Exception {
    List<List<String>> rows =
        List.of(
            List.of("DE-1000", "xxxy", "none", "(?<!z)(x+x+)+y"),
            List.of("DE-1001", "x".repeat(400) + " is not y", "none", "is not y"));
    LegacyTable table = TableFile.read(written("table.csv", rows));

    TableImport.Outcome outcome = TableImport.of(table, BY_NUMBER, List.of());

    assertThat(outcome.leftOut()).extracting(left -> left.row().code()).containsExactly("DE-1000");
    assertThat(outcome.leftOut().get(0).reason())
        .isEqualTo("the pattern does not come to an end on the error of DE-1001");
  }

  @Test
  void saysWhichRulesHaveWonNothing() throws Exception {
    List<List<String>> rows =
        List.of(
            List.of("DE-1000", "link down", "none", "link down"),
            List.of("DE-1001", "no route", "none", "no route"));
    LegacyTable table = TableFile.read(written("table.csv", rows));

    TableImport.Outcome outcome =
        TableImport.of(table, BY_NUMBER, List.of("the link down again", "something"));

    assertThat(codes(outcome)).containsOnlyKeys(Kind.UNUSED);
    assertThat(outcome.findings().get(0).reason()).contains("of 2 errors");
    assertThat(outcome.findings().get(0).code()).isEqualTo("DE-1001");
  }

  @Test
  void comesBackFromAnExportAsItWas() throws Exception {
    Path yaml = folder.resolve("rules.yaml");
    List<List<String>> rows =
        List.of(
            List.of("DE-1000", "=cmd|' /C calc'!A0 \"x\"", "none", "(?P<why_1>cmd)\\|.*\\Z"),
            List.of("DE-1001", "+1 - \u00e9\u2028", "none", "\\+1, no [[]x{,2}"),
            List.of("DE-1002", "line of ' quotes", "none", "line of ' quotes"));
    LegacyTable table = TableFile.read(written("table.csv", rows));
    Files.writeString(
        yaml, ImportedRules.yaml(TableImport.of(table, BY_NUMBER, List.of()), "noc", "number"));
    DefectRules rules = RulesFile.read(yaml);

    for (String name : List.of("again.xlsx", "again.csv")) {
      TableExport.write(folder.resolve(name), rules.rules());

      assertThat(TableFile.read(folder.resolve(name)).rows())
          .extracting(row -> List.of(row.code(), row.rawError(), row.pattern()))
          .containsExactlyElementsOf(
              rows.stream()
                  .map(row -> List.of(row.get(0), TableImport.normalised(row.get(1)), row.get(3)))
                  .toList());
    }
  }

  @Test
  void namesFilePlaceReasonAndRemedyOfWhatIsNoTable() throws Exception {
    refuses("missing.xlsx", "", "there is no such file");
    refuses("text.xlsx", "hello", "it is no spreadsheet");
    refuses("text.db", "hello, this is not a database at all", "it cannot be read");
    refuses("text.csv", "Error Code,Pattern\nDE-1000,x\n", "the header has not all of");
    refuses("empty.csv", "", "the header has not all of");
    refuses(
        "open.csv", "Error Code,Raw Error,Regex Pattern\n\"DE-1000,x\n", "cannot be read as CSV");
    refuses("table.odt", "x", "nobody knows what it is");
    Path other = folder.resolve("other.xlsx");
    try (OutputStream stream = Files.newOutputStream(other);
        Workbook workbook = new Workbook(stream, "t", "1.0")) {
      workbook.newWorksheet("Sheet1").value(0, 0, "x");
      workbook.finish();
    }
    assertThatThrownBy(() -> TableFile.read(other))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageContaining("there is no sheet 'categorized'; it has: Sheet1");
  }

  @Test
  void takesTheHeaderInAnyOrderAndTheLastValueOfAFormula() throws Exception {
    Path file = folder.resolve("mixed.xlsx");
    try (OutputStream stream = Files.newOutputStream(file);
        Workbook workbook = new Workbook(stream, "t", "1.0")) {
      Worksheet sheet = workbook.newWorksheet(" Categorized");
      sheet.value(0, 0, "made by hand");
      sheet.value(2, 0, "regex_pattern");
      sheet.value(2, 1, "ERROR CODE");
      sheet.value(2, 2, "Raw error");
      sheet.value(3, 0, "link down");
      sheet.value(3, 1, "DE-1000");
      sheet.formula(3, 2, "CONCATENATE(\"link\",\" down\")");
      workbook.finish();
    }

    LegacyTable table = TableFile.read(file);

    assertThat(table.rows()).hasSize(1);
    assertThat(table.rows().get(0).pattern()).isEqualTo("link down");
    assertThat(table.rows().get(0).place()).isEqualTo("sheet categorized, row 4");
    assertThat(table.findings()).extracting(TableFinding::kind).containsExactly(Kind.FORMULA);
    assertThat(table.findings().get(0).place()).endsWith("cell C4");
  }

  private void refuses(String name, String text, String reason) throws Exception {
    Path file = folder.resolve(name);
    if (!name.startsWith("missing")) {
      Files.writeString(file, text);
    }
    assertThatThrownBy(() -> TableFile.read(file))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageContaining(name)
        .hasMessageContaining(reason);
  }

  private static Map<Kind, TreeSet<String>> codes(TableImport.Outcome outcome) {
    Map<Kind, TreeSet<String>> codes = new EnumMap<>(Kind.class);
    outcome
        .findings()
        .forEach(
            finding ->
                codes.computeIfAbsent(finding.kind(), kind -> new TreeSet<>()).add(finding.code()));
    return codes;
  }

  private Path written(String name, List<List<String>> rows) throws Exception {
    Path file = folder.resolve(name);
    List<String> header = List.of("Error Code", "Raw Error", "Categorized Error", "Regex Pattern");
    if (name.endsWith(".csv")) {
      try (CSVPrinter printer =
          new CSVPrinter(Files.newBufferedWriter(file, StandardCharsets.UTF_8), CSVFormat.EXCEL)) {
        printer.printRecord(header);
        printer.printRecords(rows);
      }
    } else if (name.endsWith(".xlsx")) {
      try (OutputStream stream = Files.newOutputStream(file);
          Workbook workbook = new Workbook(stream, "t", "1.0")) {
        Worksheet sheet = workbook.newWorksheet("categorized");
        for (int row = 0; row <= rows.size(); row++) {
          List<String> cells = row == 0 ? header : rows.get(row - 1);
          for (int column = 0; column < cells.size(); column++) {
            sheet.value(row, column, cells.get(column));
          }
        }
        workbook.finish();
      }
    } else {
      writeDatabase(file, rows);
    }
    return file;
  }

  private static void writeDatabase(Path file, List<List<String>> rows) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create table defects (error_code text, raw_error text, regex_pattern text)");
      connection.setAutoCommit(false);
      try (PreparedStatement insert =
          connection.prepareStatement("insert into defects values (?, ?, ?)")) {
        for (List<String> row : rows) {
          insert.setString(1, row.get(0));
          insert.setString(2, row.get(1));
          insert.setString(3, row.get(3));
          insert.executeUpdate();
        }
      }
      connection.commit();
    }
  }
}
