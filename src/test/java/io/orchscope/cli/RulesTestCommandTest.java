package io.orchscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody reads who tries a table of rules before it is used. */
final class RulesTestCommandTest {

  private static final Path SHIPPED = Path.of("config/defect-rules.yaml");

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void countsWhatTheShippedTableProves() throws IOException {
    long rules =
        Files.readAllLines(SHIPPED).stream().filter(line -> line.startsWith("  - code:")).count();

    int exit = run("rules", "test");

    assertThat(err.toString()).isEmpty();
    assertThat(exit).isEqualTo(Exit.OK);
    assertThat(out.toString()).contains(rules + " rules win their ").contains(" near-misses.\n");
  }

  @Test
  void namesTheLineOfAnExampleThatAnotherRuleWins() throws IOException {
    Path draft = folder.resolve("draft.yaml");
    Files.writeString(
        draft, Files.readString(SHIPPED).replaceFirst("(?m)^( +pattern:).*$", "$1 '.* - .*'"));

    int exit = run("rules", "test", "--rules=" + draft);

    assertThat(exit).isEqualTo(Exit.OUR_FILES);
    assertThat(err.toString()).contains(draft + ": line ", "is won by", "→ Narrow the pattern");
    assertThat(out.toString()).isEmpty();
  }

  private int run(String... words) {
    return Commands.execute(new PrintWriter(out), new PrintWriter(err), words);
  }
}
