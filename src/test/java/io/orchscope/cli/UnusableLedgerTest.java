package io.orchscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody reads who asks a ledger that is none. */
final class UnusableLedgerTest {

  @TempDir private Path folder;

  @BeforeEach
  void spoil() throws IOException {
    Path config = Files.createDirectories(folder.resolve("config"));
    for (String name : List.of("products.yaml", "defect-rules.yaml", "rooms.yaml")) {
      Files.copy(Path.of("config", name), config.resolve(name));
    }
    Path ledger = folder.resolve("ledger.db");
    Files.writeString(
        config.resolve("application.properties"),
        Files.readString(Path.of("config/application.properties"))
            .replaceFirst("(?m)^ledger.file = .*", "ledger.file = " + ledger));
    Files.writeString(ledger, "this is a letter to the editor, and no ledger".repeat(100));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"groups list", "circuit 80.L1XX.000001..TEST", "dead-letters list", "purge"})
  void namesTheFileTheReasonAndTheRemedy(String command) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String words = command + " --config=" + folder.resolve("config");

    int exit = Commands.execute(new PrintWriter(out), new PrintWriter(err), words.split(" ", -1));

    assertThat(exit).isEqualTo(Exit.NEIGHBOUR);
    assertThat(err.toString())
        .startsWith("The ledger " + folder.resolve("ledger.db") + " cannot be used.\n")
        .contains("file is not a database", "→ Look at its disk")
        .doesNotContain("bug of ours", "at io.orchscope");
  }
}
