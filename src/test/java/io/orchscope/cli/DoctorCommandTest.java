package io.orchscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines of {@code orchscope doctor} about files that a running application rejects. */
final class DoctorCommandTest {

  @TempDir private Path folder;

  @BeforeEach
  void copyTheFilesShipped() throws IOException {
    for (String name : List.of("config", "routes")) {
      Path to = Files.createDirectory(folder.resolve(name));
      try (Stream<Path> files = Files.list(Path.of(name))) {
        for (Path file : files.toList()) {
          Files.copy(file, to.resolve(file.getFileName()));
        }
      }
    }
    replace("config/application.properties", "= var/evidence", "= " + folder + "/evidence");
    replace("config/application.properties", "= var/ledger.db", "= " + folder + "/ledger.db");
  }

  @Test
  void saysThatFilesAreValid() {
    assertThat(doctor()).contains("ok    files      config and routes are valid");
  }

  @Test
  void namesARejectedRouteFileAndItsReason() throws IOException {
    replace("routes/read-page.camel.yaml", "- setHeader:", "- setHaeder:");

    assertThat(doctor())
        .contains(
            "WRONG files      rejected, a running Orchscope keeps the previous version: "
                + folder.resolve("routes/read-page.camel.yaml"))
        .contains("there is no step 'setHaeder'; 'orchscope check' shows the remedy");
  }

  @Test
  void namesARejectedRuleTableAndChecksTheRest() throws IOException {
    replace("config/defect-rules.yaml", "severity: critical", "severity: catastrophic");

    assertThat(doctor())
        .contains(
            "WRONG files      rejected, a running Orchscope keeps the previous version: "
                + folder.resolve("config/defect-rules.yaml"))
        .contains("unknown severity 'catastrophic'")
        .contains("evidence   can be written below " + folder + "/evidence");
  }

  private String doctor() {
    StringWriter out = new StringWriter();
    PrintWriter printer = new PrintWriter(out, true);
    Commands.execute(
        printer,
        printer,
        "doctor",
        "--config=" + folder + "/config",
        "--routes=" + folder + "/routes");
    return out.toString();
  }

  private void replace(String file, String what, String with) throws IOException {
    Path path = folder.resolve(file);
    String text = Files.readString(path);
    assertThat(text).contains(what);
    Files.writeString(path, text.replace(what, with));
  }
}
