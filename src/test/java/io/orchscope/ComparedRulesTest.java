package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchscope.cli.Commands;
import io.orchscope.defect.DefectRule;
import io.orchscope.defect.RulesFile;
import io.orchscope.evidence.EvidenceSearch;
import io.orchscope.evidence.Verdict.Finding;
import io.orchscope.ledger.FailureGroups;
import io.orchscope.ledger.GroupRow;
import io.orchscope.ledger.Ledger;
import io.orchscope.ledger.LedgerPlace;
import io.orchscope.simulator.Simulator;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code orchscope rules diff, stats, compare}, over what one poll has left behind. */
final class ComparedRulesTest {

  @TempDir private static Path folder;

  private static List<Finding> found = List.of();

  @BeforeAll
  static void poll() throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "80", "failures", "90%"));
        Running running = Running.start(folder, simulator, Map.of())) {
      running.poll();
    }
    Path properties = folder.resolve("config").resolve("application.properties");
    Files.writeString(
        properties,
        Files.readString(properties)
            .replaceFirst("(?m)^evidence.root = .*", "evidence.root = " + folder + "/evidence")
            .replaceFirst("(?m)^ledger.file = .*", "ledger.file = " + folder + "/ledger.db"));
    EvidenceSearch evidence = new EvidenceSearch(folder.resolve("evidence"));
    found =
        evidence.folders().stream()
            .flatMap(kept -> evidence.open(kept).stream())
            .flatMap(stored -> stored.verdict().occurrences().stream())
            .toList();
  }

  @Test
  void agreesWithTheOldMonitorWhereThatSeesAnything() throws Exception {
    long seen = found.stream().filter(it -> it.spokenBy().equals("categorized")).count();
    Path counts = folder.resolve("counts.csv");

    String said = said("rules", "compare", "--legacy", "--since=36500d", "--counts=" + counts);

    assertThat(said)
        .startsWith(
            "Of %d errors both say the same, of 0 they differ; %d the old monitor does not see."
                .formatted(seen, found.size() - seen));
    assertThat(seen).isPositive().isLessThan(found.size());
    List<String> lines = Files.readAllLines(counts);
    assertThat(lines.get(0)).isEqualTo("Date,Defect_number,Categorized_error,Count");
    long expected = 0;
    for (DefectRule rule : RulesFile.read(rules()).rules()) {
      expected +=
          found.stream()
              .filter(it -> it.spokenBy().equals("categorized"))
              .filter(it -> rule.pattern().matcher(it.normalised()).find())
              .count();
    }
    assertThat(
            lines.stream()
                .skip(1)
                .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(',') + 1)))
                .sum())
        .isEqualTo(expected);
  }

  @Test
  void makesTheMistakesOfTheOldMonitor() throws Exception {
    Path table =
        Files.writeString(
            folder.resolve("old.csv"),
            """
            Error Code,Raw Error,Regex Pattern
            DE-9999,x,MDSO
            DE-10000,x,
            DE-1,x,no such words
            DE-2,x,broken (
            """);

    String said = said("rules", "compare", "--legacy", "--since=36500d", "--table=" + table);

    assertThat(said)
        .startsWith("Of 0 errors both say the same")
        .contains("old DE-10000")
        .doesNotContain("old DE-9999")
        .contains("The old monitor would stop at DE-2 (line 5)");
  }

  @Test
  void countsWhatTheLedgerCounts() throws Exception {
    Map<String, Long> sums;
    try (Ledger ledger =
        new Ledger(LedgerPlace.file(folder.resolve("ledger.db")), Clock.systemUTC())) {
      sums =
          new FailureGroups(ledger, Clock.systemUTC())
              .list().stream()
                  .collect(
                      Collectors.groupingBy(
                          GroupRow::defectCode, Collectors.summingLong(GroupRow::failures)));
    }

    JsonNode stats =
        new ObjectMapper().readTree(said("rules", "stats", "--json", "--since=36500d"));
    String table = said("rules", "stats", "--since=36500d");

    assertThat(stats).hasSameSizeAs(sums.keySet());
    for (JsonNode code : stats) {
      assertThat(code.get("errors").asLong()).isEqualTo(sums.get(code.get("code").asText()));
    }
    long all = sums.values().stream().mapToLong(Long::longValue).sum();
    long known = sums.keySet().stream().filter(code -> code.startsWith("DE-")).count();
    assertThat(table)
        .contains(all + " errors in 36500d")
        .contains((74 - known) + " of 74 rules have named none");
  }

  @Test
  void tellsTwoTablesApartAndWhatThatMeans() throws Exception {
    String code = found.stream().flatMap(it -> it.code().stream()).sorted().toList().get(0);
    long errors = found.stream().filter(it -> it.code().filter(code::equals).isPresent()).count();
    Path draft = folder.resolve("draft.yaml");
    String table = Files.readString(rules());
    Files.writeString(
        draft,
        table
            .replace("  - code: " + code + "\n", "  - code: DE-0001\n")
            .replaceFirst("owner: [a-z-]+", "owner: somebody-else"));

    String said = said("rules", "diff", rules().toString(), draft.toString(), "--since=36500d");

    assertThat(said)
        .contains("DE-0001  moved    it was " + code)
        .contains("  + somebody-else")
        .contains(": 2 differences.")
        .contains("%d would get another code".formatted(errors))
        .containsPattern(code + " +-> DE-0001 +" + errors);
    assertThat(said("rules", "diff", rules().toString(), rules().toString()))
        .contains("no rule differs");
  }

  private static Path rules() {
    return folder.resolve("config").resolve(RulesReload.FILE);
  }

  private static String said(String... words) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    String config = "--config=" + folder.resolve("config");
    try {
      assertThat(
              Commands.execute(
                  Stream.concat(Stream.of(words), Stream.of(config)).toArray(String[]::new)))
          .isZero();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
