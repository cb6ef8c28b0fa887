package io.orchscope.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged demo over every product, with pages that repeat and shift under its hands. */
final class DemoIT {

  private static final int RESOURCES = 2_000;
  private static final long SECONDS = 300;
  private static final Pattern ROUND =
      Pattern.compile(
          "(?:First|Second) round +listed (\\d+) = unchanged (\\d+) \\+ healthy (\\d+)"
              + " \\+ defective (\\d+) \\+ unreadable (\\d+) \\+ dead-lettered (\\d+) .*");

  @TempDir private Path homes = Path.of("");

  /** One run: its figures by round, and what it left on disk by resource id. */
  private record Run(
      Program.Ended ended,
      List<List<Long>> rounds,
      Map<String, String> ledger,
      Map<String, List<String>> verdicts) {}

  @Test
  void decidesEveryListedResourceOnceAndTheSameWayInEveryRun() {
    Run first = run("first");
    Run second = run("second");

    assertIsSound(first);
    assertIsSound(second);
    assertSaysWhichCircuitItIsAbout(homes.resolve("first/var/log/orchscope-demo.log"));
    // What appears while pages are read depends on who reads when; the first ones do not.
    Map<String, List<String>> verdicts = new TreeMap<>(first.verdicts);
    verdicts.keySet().retainAll(second.ledger.keySet());
    Map<String, List<String>> others = new TreeMap<>(second.verdicts);
    others.keySet().retainAll(first.ledger.keySet());
    assertThat(verdicts).isEqualTo(others);
    TreeSet<String> common = new TreeSet<>(first.ledger.keySet());
    common.retainAll(second.ledger.keySet());
    assertThat(common).hasSizeGreaterThanOrEqualTo(RESOURCES);
  }

  private static void assertIsSound(Run run) {
    assertThat(run.ended.exitCode()).as(Program.tail(run.ended.err())).isZero();
    assertThat(run.rounds).hasSize(2);
    for (List<Long> figures : run.rounds) {
      long sum = figures.stream().skip(1).mapToLong(Long::longValue).sum();
      assertThat(sum).as("sum of " + figures).isEqualTo(figures.get(0));
      assertThat(figures.get(5)).as("dead-lettered").isZero();
    }
    // Nothing goes away, so the second round lists whatever the first one did.
    assertThat(run.ledger).hasSize(Math.toIntExact(run.rounds.get(1).get(0)));
    Map<String, String> failed = new TreeMap<>(run.ledger);
    failed.values().removeIf(outcome -> !List.of("defective", "unreadable").contains(outcome));
    assertThat(run.verdicts.keySet()).containsAll(failed.keySet());
    assertThat(run.verdicts.values()).allSatisfy(kept -> assertThat(kept).hasSize(1));
  }

  /** A line of the log is a JSON object that leads to its trace and its circuit. */
  private static void assertSaysWhichCircuitItIsAbout(Path log) {
    List<JsonNode> verdicts = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(log)) {
        JsonNode said = new ObjectMapper().readTree(line);
        assertThat(said.path("severity").asText()).as(line).isNotEmpty();
        if (said.path("event.name").asText().equals("error_classified")) {
          verdicts.add(said);
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    assertThat(verdicts)
        .isNotEmpty()
        .allSatisfy(
            said -> {
              assertThat(said.path("trace_id").asText()).hasSize(32);
              assertThat(said.path("circuit_id").asText()).isNotEmpty();
              assertThat(said.path("resource_id").asText()).isNotEmpty();
              assertThat(said.path("mdso.defect_code").asText()).isNotEmpty();
            });
  }

  private Run run(String name) {
    Path home = homes.resolve(name);
    Program program =
        Program.in(
            home,
            Map.of(
                "poll.page-size", "50",
                "evidence.fsync", "no",
                // Which success is kept to compare with is a matter of chance.
                "evidence.keep", "failures",
                "routes.reload", "no",
                "alerts.look-every", "100ms",
                "alerts.messages-per-minute", "10000"));
    List<String> words = new ArrayList<>(List.of("demo", "--quiet", "--seed", "7"));
    words.addAll(List.of("--resources", String.valueOf(RESOURCES)));
    words.addAll(List.of("duplicate-items=3", "shift-pages=insert", "latency=0ms"));
    // Hosts and devices have tests of their own.
    words.addAll(List.of("log-hosts=0", "devices=no"));
    Program.Ended ended = program.run(words, SECONDS);
    Path demo = home.resolve("var").resolve("demo");
    return new Run(
        ended,
        rounds(ended.out()),
        ledger(demo.resolve("ledger.db")),
        verdicts(demo.resolve("evidence")));
  }

  private static List<List<Long>> rounds(String out) {
    List<List<Long>> rounds = new ArrayList<>();
    for (String line : out.lines().toList()) {
      Matcher round = ROUND.matcher(line);
      if (round.matches()) {
        rounds.add(
            Arrays.stream(new int[] {1, 2, 3, 4, 5, 6})
                .mapToObj(group -> Long.valueOf(round.group(group)))
                .toList());
      }
    }
    return rounds;
  }

  /** Outcome by resource id. */
  private static Map<String, String> ledger(Path file) {
    Map<String, String> outcomes = new TreeMap<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select resource_id, coalesce(outcome, 'undecided') from resource")) {
      while (rows.next()) {
        outcomes.put(rows.getString(1), rows.getString(2));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The ledger cannot be read: " + file, e);
    }
    return outcomes;
  }

  /** What each kept verdict says, by resource id: outcome, codes and who spoke. */
  private static Map<String, List<String>> verdicts(Path root) {
    Map<String, List<String>> verdicts = new TreeMap<>();
    for (JsonNode verdict : KeptVerdicts.in(root)) {
      StringBuilder words = new StringBuilder(verdict.path("outcome").asText());
      for (JsonNode occurrence : verdict.path("occurrences")) {
        words.append(' ').append(occurrence.path("code").asText());
        words.append(' ').append(occurrence.path("spoken_by").asText());
      }
      verdicts
          .computeIfAbsent(verdict.path("resource").path("id").asText(), id -> new ArrayList<>())
          .add(words.toString());
    }
    return verdicts;
  }
}
