package io.orchscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code orchscope rules import} and {@code export}, as they are typed. */
final class RulesImportCommandTest {

  private static final String TABLE =
      """
      Error Code,Raw Error,Categorized Error,Regex Pattern
      DE-1000,"MDSO | System Error - RA Post: what? (timeout*) $5",none,MDSO \\| System Error - RA Post: what? (timeout*) $5
      DE-1001,link down,none,link
      DE-1002,link down on port,none,link down
      DE-1003,broken,none,broken (
      """;

  @TempDir private Path folder;

  @Test
  void saysWhatIsWrongAndWritesAFileThatCanBeUsed() throws Exception {
    Path table = Files.writeString(folder.resolve("table.csv"), TABLE);
    Path rules = folder.resolve("rules.yaml");
    Path report = folder.resolve("report.json");

    String said = said("rules", "import", table.toString(), "--out=" + rules, "--report=" + report);

    assertThat(said)
        .contains("4 rows: 3 rules, 1 left out; 3 findings.")
        .contains("1 patterns that do not match their own error")
        .contains("line 2, DE-1000: the pattern does not match its own error")
        .contains("line 4, DE-1002: its own error is won by DE-1001 (line 3)")
        .contains("line 5, DE-1003: a group is not closed near character 8")
        .contains("is sound: table 1-");
    assertThat(report).content().contains("\"kind\" : \"misses\"", "\"kind\" : \"refused\"");
    assertThat(said("rules", "test", "--rules=" + rules)).contains("3 rules win");
    assertThat(run("rules", "import", table.toString(), "--out=" + rules)).isEqualTo(1);
    assertThat(run("rules", "import", table + "x", "--out=" + rules + "2")).isEqualTo(1);
  }

  @Test
  void writesTheTableForThoseWhoStay() throws Exception {
    Path file = folder.resolve("table.xlsx");
    Path again = folder.resolve("again.yaml");

    assertThat(said("rules", "export", file.toString())).contains("74 rules of table");

    assertThat(said("rules", "import", file.toString(), "--out=" + again))
        .contains("74 rows: 74 rules, 0 left out; 0 findings.");
    assertThat(run("rules", "export", folder.resolve("x.odt").toString())).isEqualTo(1);
  }

  private static int run(String... words) {
    return Commands.execute(words);
  }

  private static String said(String... words) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      assertThat(run(words)).isZero();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
