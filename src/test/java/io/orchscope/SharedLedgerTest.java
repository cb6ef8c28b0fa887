package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.mdso.PollSummary;
import io.orchscope.postgres.DatabaseServer;
import io.orchscope.simulator.PostedMessage;
import io.orchscope.simulator.Simulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes that poll the same over one ledger in PostgreSQL. */
final class SharedLedgerTest {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir private Path folder;
  @TempDir private Path database;

  @Test
  void decidesEachCircuitOnceAndTellsEachAlertOnce() throws Exception {
    Map<String, String> world = Map.of("resources", "240", "failures", "40%", "latency", "200ms");
    try (DatabaseServer server = DatabaseServer.start(database);
        Simulator simulator = Running.world(world)) {
      Map<String, String> settings =
          Map.of(
              "ledger.url", server.newDatabase(),
              "ledger.username", "postgres",
              "ledger.password", "postgres",
              "alerts.channel", "webex",
              "alerts.group-wait", "100ms",
              "evidence.root", folder.resolve("evidence").toString());
      try (Running one = Running.start(folder.resolve("one"), simulator, settings);
          Running other = Running.start(folder.resolve("other"), simulator, settings)) {
        one.beginPoll("service_mapper");
        other.beginPoll("service_mapper");
        List<PollSummary> polls = List.of(one.awaitPoll(1, LIMIT), other.awaitPoll(1, LIMIT));
        one.assembly().awaitAlerts(LIMIT);
        other.assembly().awaitAlerts(LIMIT);

        assertThat(polls).filteredOn(PollSummary::incomplete).hasSize(1);
        assertThat(polls)
            .filteredOn(poll -> !poll.incomplete())
            .extracting(PollSummary::listed)
            .containsExactly(240L);
        assertThat(Stream.concat(one.decided().stream(), other.decided().stream()))
            .extracting(examination -> examination.resource().id())
            .hasSize(240)
            .doesNotHaveDuplicates();
        assertThat(simulator.messages())
            .isNotEmpty()
            .extracting(PostedMessage::markdown)
            .doesNotHaveDuplicates();
        assertThat(Stream.concat(one.log().lines().stream(), other.log().lines().stream()))
            .anyMatch(line -> line.contains("Another poll of service_mapper is under way"));
      }
    }
  }
}
