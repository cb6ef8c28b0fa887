package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.cli.Commands;
import io.orchscope.evidence.EvidenceSearch;
import io.orchscope.ledger.FailureGroups;
import io.orchscope.ledger.GroupRow;
import io.orchscope.ledger.Ledger;
import io.orchscope.ledger.LedgerPlace;
import io.orchscope.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code orchscope reclassify}, over what a poll has left behind. */
final class RecodedCircuitsTest {

  @TempDir private Path folder;

  @Test
  void takesTheLedgerAlongWhenItRewritesVerdicts() throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "40", "failures", "100%"));
        Running running = Running.start(folder, simulator, Map.of())) {
      running.poll();
    }
    List<GroupRow> before = groups();
    List<String> had = codes().toList();
    useTheseFolders();
    Path rules = folder.resolve("config").resolve(RulesReload.FILE);
    Files.writeString(rules, Files.readString(rules).replace("code: DE-1", "code: DE-5"));

    int look = run("reclassify", "--since=36500d");
    List<GroupRow> afterTheLook = groups();
    int done = run("reclassify", "--apply", "--since=36500d");

    assertThat(List.of(look, done)).containsOnly(0);
    assertThat(afterTheLook).isEqualTo(before);
    assertThat(codes())
        .containsExactlyInAnyOrderElementsOf(had.stream().map(code -> renamed(code)).toList())
        .anyMatch(code -> code.startsWith("DE-5"));
    assertThat(groups())
        .extracting(group -> group.defectCode() + " " + group.failures())
        .containsExactlyInAnyOrderElementsOf(
            before.stream().map(row -> renamed(row.defectCode()) + " " + row.failures()).toList());
  }

  private static String renamed(String code) {
    return code.replace("DE-1", "DE-5");
  }

  private void useTheseFolders() throws IOException {
    Path properties = folder.resolve("config").resolve("application.properties");
    Files.writeString(
        properties,
        Files.readString(properties)
            .replaceFirst("(?m)^evidence.root = .*", "evidence.root = " + folder + "/evidence")
            .replaceFirst("(?m)^ledger.file = .*", "ledger.file = " + folder + "/ledger.db"));
  }

  /** The codes of all errors that are kept. */
  private Stream<String> codes() {
    EvidenceSearch evidence = new EvidenceSearch(folder.resolve("evidence"));
    return evidence.folders().stream()
        .flatMap(kept -> evidence.open(kept).stream())
        .flatMap(stored -> stored.verdict().occurrences().stream())
        .map(finding -> finding.codeOrUnclassified());
  }

  private List<GroupRow> groups() {
    try (Ledger ledger =
        new Ledger(LedgerPlace.file(folder.resolve("ledger.db")), Clock.systemUTC())) {
      return new FailureGroups(ledger, Clock.systemUTC()).list();
    }
  }

  private int run(String... words) {
    String config = "--config=" + folder.resolve("config");
    return Commands.execute(
        Stream.concat(Stream.of(words), Stream.of(config)).toArray(String[]::new));
  }
}
