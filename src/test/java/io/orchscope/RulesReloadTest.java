package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchscope.defect.Outcome;
import io.orchscope.mdso.PollSummary;
import io.orchscope.simulator.Simulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when somebody edits the table of rules while circuits are examined. */
final class RulesReloadTest {

  private static final Duration SOON = Duration.ofMinutes(2);
  private static final String TAKEN = "INFO Rule change applied.";
  private static final String REFUSED =
      "ERROR Rule change rejected; the previous version stays active.";

  @TempDir private Path folder;

  @Test
  void losesNoVerdictWhileTheTableChangesAgainAndAgain() throws Exception {
    Map<String, String> words = Map.of("resources", "300", "failures", "100%", "latency", "30ms");
    try (Simulator simulator = Running.world(words);
        Running running = start(simulator)) {
      Set<String> before = versions(running);
      running.beginPoll("service_mapper");
      for (int change = 1; change <= 3; change++) {
        await().atMost(SOON).until(() -> !running.decided().isEmpty());
        write("version: 1\n", "version: changed-" + change + "\n");
        awaitLines(running, TAKEN, change);
      }
      PollSummary poll = running.awaitPoll(1);

      assertThat(before).isEmpty();
      assertThat(poll.equation()).startsWith("listed 300 = ").contains("dead-lettered 0");
      assertThat(poll.of(Outcome.DEFECTIVE)).isEqualTo(300);
      assertThat(running.decided()).hasSize(300);
      assertThat(versions(running)).hasSizeGreaterThan(1);
    }
  }

  @Test
  void goesOnWithTheOldTableAndSaysWhatIsWrongWithTheNewOne() throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "3", "failures", "100%"));
        Running running = start(simulator)) {
      write("severity: critical", "severity: catastrophic");
      awaitLines(running, REFUSED, 1);
      PollSummary poll = running.poll();
      write("version: 1\n", "version: better\n");
      awaitLines(running, TAKEN, 1);
      simulator.arrive(1);
      running.poll();

      assertThat(poll.of(Outcome.DEFECTIVE)).isEqualTo(3);
      assertThat(running.log().text())
          .contains("defect-rules.yaml: line", "unknown severity 'catastrophic'");
      assertThat(versions(running))
          .hasSize(2)
          .anyMatch(version -> version.startsWith("1-"))
          .anyMatch(version -> version.startsWith("better-"));
    }
  }

  private Running start(Simulator simulator) throws Exception {
    Map<String, String> settings = new HashMap<>(Running.inProduction());
    settings.put("rules.reload", "yes");
    return Running.start(folder, simulator, settings);
  }

  /** As an editor does it: the shipped table with a change, put in place at once. */
  private void write(String old, String changed) throws Exception {
    String shipped = Files.readString(Path.of("config", RulesReload.FILE));
    assertThat(shipped).contains(old);
    Path other = folder.resolve("config").resolve("half-written");
    Files.writeString(other, shipped.replace(old, changed));
    Files.move(
        other,
        folder.resolve("config").resolve(RulesReload.FILE),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }

  private static void awaitLines(Running running, String beginning, int number) {
    await()
        .atMost(SOON)
        .until(
            () ->
                running.log().lines().stream().filter(line -> line.startsWith(beginning)).count()
                    >= number);
  }

  private static Set<String> versions(Running running) {
    return running.decided().stream()
        .flatMap(examination -> examination.occurrences().stream())
        .map(occurrence -> occurrence.classification().rulesVersion())
        .collect(Collectors.toSet());
  }
}
