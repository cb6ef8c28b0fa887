package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchscope.cli.Commands;
import io.orchscope.evidence.EvidenceSearch;
import io.orchscope.ledger.FailureGroups;
import io.orchscope.ledger.GroupRow;
import io.orchscope.ledger.Ledger;
import io.orchscope.ledger.LedgerPlace;
import io.orchscope.simulator.Simulator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code orchscope rules propose, accept, reject}, over what a poll has left behind. */
final class ProposedRulesTest {

  private static final String LAST_RULE = "  - code: DE-1910";

  @TempDir private Path folder;

  @Test
  void namesTheErrorsOfAKindThatNoRuleKnew() throws Exception {
    pollWithFewRules();
    List<String> before = codes();
    JsonNode proposals = proposals();
    JsonNode chosen = proposals.get(0);
    String id = chosen.get("id").asText();

    int accepted =
        run(
            "rules",
            "accept",
            id,
            "--title",
            "Found \"by\" us",
            "--owner",
            "noc",
            "--since=36500d");

    assertThat(accepted).isZero();
    String table = Files.readString(rules());
    assertThat(table).contains("  - code: DE-1911\n    title: \"Found \\\"by\\\" us\"\n");
    assertThat(before).contains("UNCLASSIFIED").doesNotContain("DE-1911");
    long members = chosen.get("errors").asLong();
    assertThat(codes()).filteredOn("DE-1911"::equals).hasSize((int) members);
    assertThat(codes()).filteredOn("UNCLASSIFIED"::equals).hasSize(unknown(before) - (int) members);
    assertThat(groups())
        .filteredOn(group -> group.defectCode().equals("DE-1911"))
        .isNotEmpty()
        .allMatch(group -> group.title().equals("Found \"by\" us"))
        .extracting(GroupRow::failures)
        .satisfies(
            failures ->
                assertThat(failures.stream().mapToLong(Long::longValue).sum()).isEqualTo(members));
    assertThat(proposals()).hasSize(proposals.size() - 1);
    assertThat(run("check")).isZero();
  }

  @Test
  void coversEveryUnknownErrorByOneProposalAndSaysWhatElseItMatches() throws Exception {
    pollWithFewRules();

    JsonNode proposals = proposals();

    long errors = 0;
    for (JsonNode proposal : proposals) {
      errors += proposal.get("errors").asLong();
      assertThat(proposal.get("pattern").asText()).startsWith("^").endsWith("$");
      assertThat(proposal.get("overlaps")).isEmpty();
      assertThat(proposal.get("warnings")).isEmpty();
    }
    assertThat(errors).isEqualTo(unknown(codes()));
  }

  @Test
  void showsNoMoreWhatSomebodyHasRejected() throws Exception {
    pollWithFewRules();
    String id = proposals().get(0).get("id").asText();
    int all = proposals().size();

    assertThat(run("rules", "reject", id, "--by", "ada", "--since=36500d")).isZero();
    assertThat(proposals()).hasSize(all - 1);
    assertThat(printed("rules", "propose", "--all", "--since=36500d"))
        .contains(id, "rejected  by ada");
    assertThat(run("rules", "reject", id, "--by", "ada", "--undo")).isZero();
    assertThat(proposals()).hasSize(all);
  }

  @Test
  void takesNoPatternThatMatchesOtherKindsUnseen() throws Exception {
    pollWithFewRules();
    JsonNode proposals = proposals();
    String id = proposals.get(0).get("id").asText();
    String both =
        proposals.get(0).get("pattern").asText() + "|" + proposals.get(1).get("pattern").asText();
    String before = Files.readString(rules());
    String[] words = {"rules", "accept", id, "--title=T", "--owner=o", "--pattern=" + both};

    Said refused = said(words);
    Said granted = said(Stream.concat(Stream.of(words), Stream.of("--with-overlaps")));

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err())
        .contains("Nothing was changed", "overlaps  UNCLASSIFIED", "--with-overlaps")
        .contains(proposals.get(1).get("examples").get(0).asText());
    assertThat(granted.code()).isZero();
    assertThat(rules()).content().startsWith(before).contains("DE-1911");
  }

  @Test
  void leavesTheTableAloneWhenTheRuleWouldNotDo() throws Exception {
    pollWithFewRules();
    String id = proposals().get(0).get("id").asText();
    String before = Files.readString(rules());
    Said malformed = said("rules", "accept", id, "--title=T", "--owner=o", "--pattern=a(");

    int other =
        run(
            "rules",
            "accept",
            id,
            "--title=T",
            "--owner=o",
            "--pattern=no such words",
            "--since=36500d");
    int missing = run("rules", "accept", "00000000", "--title=T", "--owner=o", "--since=36500d");
    int severity =
        run("rules", "accept", id, "--title=T", "--owner=o", "--severity=bad", "--since=36500d");

    assertThat(List.of(other, missing, severity, malformed.code())).containsOnly(1);
    assertThat(malformed.err()).contains("--pattern", "a group is not closed");
    assertThat(rules()).hasContent(before);
    try (Stream<Path> files = Files.list(folder.resolve("config"))) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".draft"));
    }
  }

  /** Of the shipped table the last few rules stay, so that most errors are unknown. */
  private void pollWithFewRules() throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "60", "failures", "100%"));
        Running running = Running.start(folder, simulator, Map.of())) {
      running.poll();
    }
    Path properties = folder.resolve("config").resolve("application.properties");
    Files.writeString(
        properties,
        Files.readString(properties)
            .replaceFirst("(?m)^evidence.root = .*", "evidence.root = " + folder + "/evidence")
            .replaceFirst("(?m)^ledger.file = .*", "ledger.file = " + folder + "/ledger.db"));
    String table = Files.readString(rules());
    String head = table.substring(0, table.indexOf("  - code: "));
    Files.writeString(rules(), head + table.substring(table.indexOf(LAST_RULE)));
    assertThat(run("reclassify", "--apply", "--since=36500d")).isZero();
  }

  private Path rules() {
    return folder.resolve("config").resolve(RulesReload.FILE);
  }

  private static int unknown(List<String> codes) {
    return (int) codes.stream().filter("UNCLASSIFIED"::equals).count();
  }

  private List<String> codes() {
    EvidenceSearch evidence = new EvidenceSearch(folder.resolve("evidence"));
    return evidence.folders().stream()
        .flatMap(kept -> evidence.open(kept).stream())
        .flatMap(stored -> stored.verdict().occurrences().stream())
        .map(finding -> finding.codeOrUnclassified())
        .toList();
  }

  private List<GroupRow> groups() {
    try (Ledger ledger =
        new Ledger(LedgerPlace.file(folder.resolve("ledger.db")), Clock.systemUTC())) {
      return new FailureGroups(ledger, Clock.systemUTC()).list();
    }
  }

  private JsonNode proposals() throws IOException {
    return new ObjectMapper().readTree(printed("rules", "propose", "--json", "--since=36500d"));
  }

  private String printed(String... words) {
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

  /** How a command ended, and what it complained of. */
  private record Said(int code, String err) {}

  private Said said(String... words) {
    return said(Stream.of(words));
  }

  private Said said(Stream<String> words) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      int code = run(words.toArray(String[]::new));
      return new Said(code, bytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.setErr(before);
    }
  }

  private int run(String... words) {
    String config = "--config=" + folder.resolve("config");
    return Commands.execute(
        Stream.concat(Stream.of(words), Stream.of(config)).toArray(String[]::new));
  }
}
