package io.orchscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of rules that work, but not on every error within what they may cost. */
final class RuleWarningsTest {

  private static final String STALLING = "(?<!z)(x+x+)+y";

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void writeATableWithADangerousRule() throws IOException {
    for (String name : List.of("products.yaml", "rooms.yaml", "application.properties")) {
      Files.copy(Path.of("config", name), folder.resolve(name));
    }
    Files.writeString(
        folder.resolve("defect-rules.yaml"),
        Files.readString(Path.of("config/defect-rules.yaml"))
            + String.join(
                "\n",
                "",
                "  - code: DE-0001",
                "    title: Many crosses",
                "    category: System Error",
                "    severity: minor",
                "    owner: automation",
                "    pattern: '" + STALLING + "'",
                "    examples: [xxy]",
                ""));
  }

  @Test
  void checkNamesTheRuleAndRefusesNothing() {
    int exit = run("check", "--config=" + folder);

    assertThat(exit).as(err.toString()).isEqualTo(Exit.OK);
    assertThat(err.toString())
        .contains("Warning: " + folder + "/defect-rules.yaml: line ")
        .contains("DE-0001: a repeat stands in another", "and is skipped then", "→ Bound its");
    assertThat(out.toString()).contains("All is in order", "warnings.");
  }

  @Test
  void checkTellsProgramsThatItIsAWarning() {
    int exit = run("check", "--json", "--config=" + folder);

    assertThat(exit).as(err.toString()).isEqualTo(Exit.OK);
    assertThat(out.toString()).contains("DE-0001: a repeat", "\"warning\":true");
  }

  @Test
  void classifyNamesTheRuleThatCouldNotDecide() {
    String text = "x".repeat(400) + " Session Profile Type";

    int exit = run("classify", "--rules=" + folder.resolve("defect-rules.yaml"), text);

    assertThat(exit).as(err.toString()).isEqualTo(Exit.OK);
    assertThat(out.toString()).contains("partial  DE-0001 could not decide");
  }

  private int run(String... words) {
    return Commands.execute(new PrintWriter(out), new PrintWriter(err), words);
  }
}
