package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchscope.evidence.EvidenceSearch;
import io.orchscope.ledger.CircuitHistory;
import io.orchscope.mdso.PollSummary;
import io.orchscope.simulator.Simulator;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The purge as it runs by its schedule, beside polls, in the application as it is put together. */
final class PurgeRouteTest {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** A year and a half. */
  private static final long MILLIS = 548L * 24 * 3600 * 1000;

  private static final List<String> AGEING =
      List.of(
          "update resource set decided_at = '2020-01-01T00:00:00Z', listed_at = listed_at - @",
          "update occurrence set last_seen = '2020-01-01T00:00:00Z', owed_at = owed_at - @",
          "update failure_group set last_seen = last_seen - @, due_at = null",
          "update outbox set sent_at = sent_at - @",
          "update exported_orchestration set exported_at = '2020-01-01T00:00:00Z'");

  @TempDir private Path folder;

  @Test
  void removesWhatHasBecomeOldAndLetsPollsGoOn() throws Exception {
    Map<String, String> settings =
        Map.of(
            "purge.schedule", "* * * * * ?",
            "ledger.keep-for", "400d",
            "evidence.keep-for", "1s",
            "alerts.group-wait", "50ms");
    try (Simulator simulator = Running.world(Map.of("resources", "40", "failures", "100%"));
        Running running = Running.start(folder, simulator, settings)) {
      PollSummary first = running.pollAndSettle();
      String circuit = running.decided().get(0).resource().circuit().value();
      boolean known = !CircuitHistory.of(running.assembly().ledger(), circuit).isEmpty();
      await()
          .atMost(LIMIT)
          .until(() -> new EvidenceSearch(folder.resolve("evidence")).folders().isEmpty());
      boolean stillKnown = !CircuitHistory.of(running.assembly().ledger(), circuit).isEmpty();

      age();
      await()
          .atMost(LIMIT)
          .until(() -> CircuitHistory.of(running.assembly().ledger(), circuit).isEmpty());
      int told = running.alerts().size();
      PollSummary second = running.pollAndSettle();

      assertThat(first.isBalanced()).isTrue();
      assertThat(known).isTrue();
      assertThat(stillKnown).isTrue();
      assertThat(running.log().lines())
          .anyMatch(line -> line.contains("The ledger was purged.") && line.contains("resources="))
          .anyMatch(line -> line.contains("The evidence was purged.") && line.contains("folders="));
      assertThat(second.listed()).isEqualTo(40);
      assertThat(second.isBalanced()).isTrue();
      assertThat(second.incomplete()).isFalse();
      assertThat(running.spans().hasSeen("purge")).isFalse();
      assertThat(running.spans().hasSeen("remove-what-is-old")).isFalse();
      assertThat(told).isPositive();
    }
  }

  /** As if everything had been done long ago. */
  private void age() throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger.db"));
        Statement statement = connection.createStatement()) {
      statement.execute("pragma busy_timeout = 10000");
      for (String update : AGEING) {
        statement.execute(update.replace("@", String.valueOf(MILLIS)));
      }
    }
  }
}
