package io.orchscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchscope.evidence.CollectedLogs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code orchscope evidence}, over the logs of two circuits: one complete, collected long ago, and
 * one of which a host did not answer.
 */
final class EvidenceCommandTest {

  private static final String OLD = "80.L1XX.000001..TEST";
  private static final String YOUNG = "80.L1XX.000002..TEST";
  private static final String ATTEMPT = "20240301T140619Z-631edc74";

  @TempDir private Path folder;

  private record Answer(int exit, String out, String err) {}

  @BeforeEach
  void fill() throws IOException {
    Path config = Files.createDirectories(folder.resolve("config"));
    for (String name : new String[] {"products.yaml", "defect-rules.yaml", "rooms.yaml"}) {
      Files.copy(Path.of("config", name), config.resolve(name));
    }
    Files.writeString(
        config.resolve("application.properties"),
        Files.readString(Path.of("config/application.properties"))
            .replaceFirst("(?m)^evidence.root = .*", "evidence.root = " + folder + "/evidence")
            .replaceFirst("(?m)^logs.root = .*", "logs.root = " + folder + "/logs"));
    Instant now = Clock.systemUTC().instant();
    CollectedLogs logs = new CollectedLogs(folder.resolve("logs"));
    logs.complete(OLD, now.minus(Duration.ofDays(100)));
    logs.incomplete(YOUNG, now);
  }

  @Test
  void listsWhatWasCollected() {
    Answer all = orchscope("list");
    Answer incomplete = orchscope("list", "--incomplete");
    Answer none = orchscope("list", "--product", "network_service");

    assertThat(all.exit()).isZero();
    assertThat(all.out())
        .isEqualTo(
            YOUNG
                + "     "
                + ATTEMPT
                + "  incomplete    1 text               5 bytes  1 gap\n"
                + OLD
                + "     "
                + ATTEMPT
                + "  complete      1 text               5 bytes  no gaps\n"
                + "2 attempts, 1 complete.\n");
    assertThat(incomplete.out()).startsWith(YOUNG).endsWith("\n1 attempt, 0 complete.\n");
    assertThat(none.out()).isEqualTo("0 attempts, 0 complete.\n");
  }

  @Test
  void listsWhatIsMissingAsJson() throws IOException {
    JsonNode list =
        new ObjectMapper().readTree(orchscope("list", "--circuit", YOUNG, "--json").out());

    assertThat(list).hasSize(1);
    assertThat(list.path(0).path("evidence").asText())
        .isEqualTo("service_mapper/" + YOUNG + "/" + ATTEMPT);
    assertThat(list.path(0).path("gaps").path(0).path("reason").asText()).isEqualTo("unreachable");
    assertThat(list.path(0).path("gaps").path(0).path("may_pass").asBoolean()).isTrue();
  }

  @Test
  void saysThatAllIsWhatWasKept() {
    Answer answer = orchscope("verify");

    assertThat(answer.out())
        .isEqualTo("0 folders of evidence and 2 of logs: all is what was kept.\n");
    assertThat(answer.exit()).isZero();
  }

  @Test
  void saysWhatIsNotWhatWasKept() throws IOException {
    Path log = folder.resolve("logs/service_mapper/" + OLD + "/" + ATTEMPT + "/plan/plan-a/log");
    Files.writeString(log, "other");

    Answer one = orchscope("verify", OLD);
    Answer other = orchscope("verify", YOUNG);
    Answer unknown = orchscope("verify", "80.L1XX.000009..TEST");

    assertThat(one.out())
        .isEqualTo(
            "DAMAGED  logs service_mapper/"
                + OLD
                + "/"
                + ATTEMPT
                + "\n         plan/plan-a/log is not what was kept.\n"
                + "0 folders of evidence and 1 of logs: 1 not what was kept.\n");
    assertThat(one.exit()).isEqualTo(1);
    assertThat(other.exit()).isZero();
    assertThat(unknown.err()).isEqualTo("Nothing is kept about '80.L1XX.000009..TEST'.\n");
    assertThat(unknown.exit()).isEqualTo(1);
  }

  @Test
  void prunesByTheSettingsAndSaysBeforehandWhatWouldGo() throws IOException {
    Answer trial = orchscope("prune", "--dry-run");
    long before = orchscope("list").out().lines().count();
    JsonNode pruned = new ObjectMapper().readTree(orchscope("prune", "--json").out());

    assertThat(trial.exit()).isZero();
    assertThat(trial.out())
        .startsWith("by age    would go: 1 folders, collected last before ")
        .contains("\nby size   would go: 0 folders, above 20000 megabytes\nbytes     ");
    assertThat(before).isEqualTo(3);
    assertThat(pruned.path("too_old").asLong()).isEqualTo(1);
    assertThat(orchscope("list").out()).startsWith(YOUNG).endsWith("\n1 attempt, 0 complete.\n");
  }

  @Test
  void prunesByWhatWasTyped() {
    Answer young = orchscope("prune", "--older-than", "200d");
    Answer full = orchscope("prune", "--older-than", "200d", "--max-size", "0");
    Answer wrong = orchscope("prune", "--max-size", "-1");

    assertThat(young.out()).startsWith("by age    removed: 0 folders");
    assertThat(full.out())
        .contains("by size   removed: 1 folders, above 0 megabytes")
        .endsWith("          What is left above that is still to be completed.\n");
    assertThat(wrong.err()).contains("--max-size\n    -1 is below zero");
    assertThat(wrong.exit()).isEqualTo(1);
  }

  @Test
  void exportsTheNewestAttemptToAFile() throws IOException {
    Path zip = folder.resolve("ticket.zip");

    Answer answer = orchscope("export", OLD, "--out", zip.toString());
    Answer again = orchscope("export", OLD, "--out", zip.toString());

    assertThat(answer.exit()).isZero();
    assertThat(answer.out()).startsWith("2 files, ").endsWith(" are in " + zip + ".\n");
    try (ZipFile file = new ZipFile(zip.toFile())) {
      assertThat(file.stream().map(ZipEntry::getName))
          .containsExactly(
              OLD + "_" + ATTEMPT + "/logs/manifest.json",
              OLD + "_" + ATTEMPT + "/logs/plan/plan-a/log");
    }
    assertThat(again.err()).contains("it is there already", "Name another with --out.");
    assertThat(again.exit()).isEqualTo(1);
    assertThat(folder).isDirectoryNotContaining("glob:**/.orchscope-*");
  }

  @Test
  void exportsToTheStandardOutputAndNothingElse() throws IOException {
    PrintStream before = System.out;
    ByteArrayOutputStream standard = new ByteArrayOutputStream();
    Answer answer;
    try {
      System.setOut(new PrintStream(standard, true, StandardCharsets.UTF_8));
      answer = orchscope("export", YOUNG, "--attempt", ATTEMPT, "--out", "-");
    } finally {
      System.setOut(before);
    }

    List<String> names = new ArrayList<>();
    try (ZipInputStream zip =
        new ZipInputStream(new ByteArrayInputStream(standard.toByteArray()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    assertThat(answer.out()).isEmpty();
    assertThat(names).hasSize(2);
  }

  @Test
  void saysWhichAttemptsThereAreWhenItFindsNotTheOneThatWasTyped() {
    Answer answer = orchscope("export", OLD, "--attempt", "20240301T140619Z-00000000");
    Answer unknown = orchscope("export", "80.L1XX.000009..TEST");

    assertThat(answer.err())
        .isEqualTo(
            "Nothing is kept about '"
                + OLD
                + "' and attempt '20240301T140619Z-00000000'. There are: service_mapper/"
                + OLD
                + "/"
                + ATTEMPT
                + ".\n");
    assertThat(answer.exit()).isEqualTo(1);
    assertThat(unknown.err()).isEqualTo("Nothing is kept about '80.L1XX.000009..TEST'.\n");
  }

  private Answer orchscope(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> typed = new ArrayList<>(List.of("evidence"));
    typed.addAll(List.of(words));
    typed.addAll(List.of("--config", folder.resolve("config").toString()));
    int exit =
        Commands.execute(
            new PrintWriter(out, true), new PrintWriter(err, true), typed.toArray(String[]::new));
    return new Answer(exit, out.toString(), err.toString());
  }
}
