package io.orchscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchscope.circuit.OrchState;
import io.orchscope.ledger.CircuitHistory;
import io.orchscope.ledger.Ledger;
import io.orchscope.ledger.LedgerPlace;
import io.orchscope.ledger.Rooms;
import io.orchscope.ledger.Rooms.Failure;
import io.orchscope.settings.Products;
import io.orchscope.settings.ProductsFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code orchscope purge} and {@code orchscope circuit}, over a ledger of three circuits. */
final class PurgeCommandTest {

  private static final String OLD = "80.L1XX.000001..TEST";
  private static final String YOUNG = "80.L1XX.000002..TEST";
  private static final String OWED = "80.L1XX.000003..TEST";

  @TempDir private Path folder;

  private record Answer(int exit, String out, String err) {}

  @BeforeEach
  void fill() throws Exception {
    Path config = Files.createDirectories(folder.resolve("config"));
    for (String name : new String[] {"products.yaml", "defect-rules.yaml", "rooms.yaml"}) {
      Files.copy(Path.of("config", name), config.resolve(name));
    }
    Files.writeString(
        config.resolve("application.properties"),
        Files.readString(Path.of("config/application.properties"))
            .replaceFirst("(?m)^evidence.root = .*", "evidence.root = " + folder + "/evidence")
            .replaceFirst("(?m)^logs.root = .*", "logs.root = " + folder + "/logs")
            .replaceFirst("(?m)^ledger.file = .*", "ledger.file = " + folder + "/ledger.db"));
    Instant now = Clock.systemUTC().instant();
    fail(OLD, "one error", now.minus(Duration.ofDays(500)));
    fail(YOUNG, "another error", now);
    fail(OWED, "a third error", now.minus(Duration.ofDays(500)));
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder + "/ledger.db");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "update occurrence set alert = 'told' where occurrence_key <> 'k-" + OWED + "'");
      statement.execute("update failure_group set due_at = null");
    }
  }

  @Test
  void saysWhatWouldGoAndRemovesNothingInADryRun() {
    Answer answer = orchscope("purge", "--dry-run");

    assertThat(answer.exit()).isZero();
    assertThat(answer.out())
        .contains("ledger    would go: 1 occurrences, 1 resources, 1 groups, last seen before ")
        .contains("evidence  would go: 0 folders, 0 bytes");
    assertThat(orchscope("circuit", OLD).exit()).isZero();
    assertThat(folder.resolve("evidence")).doesNotExist();
  }

  @Test
  void removesWhatIsOlderThanTheSettingsSayAndLeavesWhatIsOwed() throws Exception {
    JsonNode purged = new ObjectMapper().readTree(orchscope("purge", "--json").out());

    assertThat(purged.path("dry_run").asBoolean()).isFalse();
    assertThat(purged.path("ledger").path("occurrences").asLong()).isEqualTo(1);
    assertThat(purged.path("ledger").path("resources").asLong()).isEqualTo(1);
    assertThat(purged.path("ledger").path("groups").asLong()).isEqualTo(1);
    assertThat(purged.path("evidence").path("folders").asLong()).isZero();
    assertThat(orchscope("circuit", OLD).exit()).isEqualTo(1);
    assertThat(orchscope("circuit", OLD).err()).startsWith("Nothing is known of '" + OLD + "'");
    assertThat(orchscope("circuit", YOUNG).exit()).isZero();
    assertThat(orchscope("circuit", OWED).out()).contains("  error     DE-1000  owed, last seen ");
  }

  @Test
  void keepsEverythingForEverWhenTheSettingsSaySo() throws Exception {
    Path file = folder.resolve("config/application.properties");
    Files.writeString(
        file,
        Files.readString(file)
            .replace("ledger.keep-for = 400d", "ledger.keep-for = 0")
            .replace("evidence.keep-for = 90d", "evidence.keep-for = 0"));

    Answer forEver = orchscope("purge");
    Answer typed = orchscope("purge", "--older-than", "400d");

    assertThat(forEver.out())
        .isEqualTo(
            "ledger    kept for ever\n"
                + "evidence  kept for ever\n"
                + "logs      removed: 0 folders, 0 bytes\n");
    assertThat(typed.out()).startsWith("ledger    removed: 1 occurrences, 1 resources");
  }

  @Test
  void refusesToForgetWhatAPollStillLists() {
    Answer answer = orchscope("purge", "--older-than", "2h");

    assertThat(answer.exit()).isEqualTo(1);
    assertThat(answer.err())
        .isEqualTo(
            "command line: --older-than\n"
                + "    2h is shorter than poll.look-back, 24h: old failures would be forgotten,"
                + " found again and told as new ones\n"
                + "    → Try --older-than 24h, or a longer time.\n");
    assertThat(orchscope("circuit", YOUNG).exit()).isZero();
  }

  @Test
  void removesOneCircuitAndSaysWhatOfAnotherHasToStay() {
    Answer removed = orchscope("purge", "--circuit", YOUNG);
    Answer stays = orchscope("purge", "--circuit", OWED);

    assertThat(removed.exit()).isZero();
    assertThat(removed.out()).startsWith("ledger    removed: 1 occurrences, 1 resources, 1 groups");
    assertThat(stays.exit()).isEqualTo(2);
    assertThat(stays.out())
        .contains("ledger    removed: nothing")
        .endsWith("stays     resource resource-of-" + OWED + ": its room is still to be told\n");
    try (Ledger ledger = ledger(Clock.systemUTC())) {
      assertThat(CircuitHistory.of(ledger, YOUNG).isEmpty()).isTrue();
      assertThat(CircuitHistory.of(ledger, OWED).failures()).hasSize(1);
    }
  }

  @Test
  void tellsWhatIsKnownOfACircuit() throws Exception {
    Answer told = orchscope("circuit", YOUNG);
    JsonNode json = new ObjectMapper().readTree(orchscope("circuit", YOUNG, "--json").out());

    assertThat(told.out())
        .startsWith(YOUNG + "\n  resource  resource-of-" + YOUNG + "  service_mapper  failed, rev")
        .contains("  error     DE-1000  told, last seen ")
        .containsPattern("            group [0-9a-f]{16}, new: Unable to connect\n");
    assertThat(json.path("resources").path(0).path("outcome").asText()).isEqualTo("defective");
    assertThat(json.path("failures").path(0).path("alert").asText()).isEqualTo("told");
    assertThat(json.path("evidence").isArray()).isTrue();
    assertThat(json.has("empty")).isFalse();
  }

  @Test
  void listsGroupsByStateAndOnlyTheFirst() throws IOException {
    Answer first = orchscope("groups", "list", "--first", "1");
    Answer muted = orchscope("groups", "list", "--state", "muted,acknowledged");
    JsonNode all = new ObjectMapper().readTree(orchscope("groups", "list", "--json").out());

    assertThat(first.out()).endsWith("The first 1 of 3 groups; --first 3 shows all.\n");
    assertThat(muted.out()).isEqualTo("0 groups.\n");
    assertThat(all).hasSize(3);
  }

  private void fail(String circuit, String error, Instant at) {
    Products products = ProductsFile.read(Path.of("config/products.yaml"));
    try (Ledger ledger = ledger(Clock.fixed(at, ZoneOffset.UTC))) {
      Rooms.Listing listing = Rooms.lists(ledger, products, circuit, OrchState.FAILED, 1);
      Rooms.fails(
          ledger,
          products,
          listing.pollId(),
          Failure.of("k-" + circuit, circuit, at).error(error),
          Optional.empty());
    }
  }

  private Ledger ledger(Clock clock) {
    return new Ledger(LedgerPlace.file(folder.resolve("ledger.db")), clock);
  }

  private Answer orchscope(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] typed = new String[words.length + 2];
    System.arraycopy(words, 0, typed, 0, words.length);
    typed[words.length] = "--config";
    typed[words.length + 1] = folder.resolve("config").toString();
    // Options of a group of commands stand before the command.
    if (words[0].equals("groups")) {
      typed = new String[words.length + 2];
      typed[0] = "groups";
      typed[1] = "--config";
      typed[2] = folder.resolve("config").toString();
      System.arraycopy(words, 1, typed, 3, words.length - 1);
    }
    int exit = Commands.execute(new PrintWriter(out, true), new PrintWriter(err, true), typed);
    return new Answer(exit, out.toString(), err.toString());
  }
}
