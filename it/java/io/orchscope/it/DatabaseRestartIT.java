package io.orchscope.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.postgres.DatabaseServer;
import io.orchscope.simulator.Simulator;
import io.orchscope.simulator.SimulatorOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server of the ledger is started anew in the middle of a poll. */
final class DatabaseRestartIT {

  private static final long LIMIT_SECONDS = 300;
  private static final int CIRCUITS = 200;
  private static final Duration AWAY = Duration.ofSeconds(4);
  private static final List<String> COLLECT =
      List.of("collect", "--product", "service_mapper", "--json");

  @TempDir private Path folder;

  @Test
  void holdsTheWorkUpAndLosesNothing() throws Exception {
    try (DatabaseServer database = DatabaseServer.start(folder.resolve("postgres"));
        Simulator simulator = world()) {
      String url = database.newDatabase();
      Program program = Program.in(folder.resolve("home"), GivenSettings.of(simulator, url));
      Program.Ended ended;
      try (Program.Begun begun = program.begin(COLLECT)) {
        awaitDecided(begun, url, CIRCUITS / 4);
        database.restart(AWAY);
        ended = begun.end(LIMIT_SECONDS);
      }
      try (Connection connection = connect(url)) {
        LedgerAudit audit = LedgerAudit.of(connection, simulator.messages());
        long twice =
            LedgerAudit.number(connection, "select count(*) from occurrence where times_seen > 1");
        System.out.printf(
            "F13 PostgreSQL was away for %d s in the middle of a poll of %d circuits: lost circuits"
                + " %d, errors noted twice %d, lost alerts %d, circuits that no room heard of %d,"
                + " repeated messages %d; the longest time without a call of MDSO %.1f s%n",
            AWAY.toSeconds(),
            CIRCUITS,
            CIRCUITS - audit.decided(),
            twice,
            audit.untold(),
            audit.silent(),
            audit.repeated(),
            longestPause(simulator));
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("\"dead-lettered\":0");
        assertThat(audit).isEqualTo(new LedgerAudit(CIRCUITS, 0, 0, 0));
        assertThat(twice).isZero();
      }
    }
  }

  private static double longestPause(Simulator simulator) {
    long longest = 0;
    var requests = simulator.requests();
    for (int i = 1; i < requests.size(); i++) {
      longest =
          Math.max(
              longest,
              Duration.between(requests.get(i - 1).time(), requests.get(i).time()).toMillis());
    }
    return longest / 1000.0;
  }

  private static void awaitDecided(Program.Begun begun, String url, int circuits) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (decided(url) < circuits) {
      assertThat(begun.process().isAlive()).as(begun.said()).isTrue();
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static long decided(String url) {
    try (Connection connection = connect(url)) {
      return LedgerAudit.number(
          connection, "select count(*) from resource where outcome is not null");
    } catch (SQLException tablesAreComing) {
      return 0;
    }
  }

  private static Connection connect(String url) throws SQLException {
    return DriverManager.getConnection(url, "postgres", "postgres");
  }

  private static Simulator world() {
    return Simulator.start(
        SimulatorOptions.parse(
            Map.of(
                "resources", String.valueOf(CIRCUITS),
                "products", "ServiceMapper",
                "failures", "40%",
                "latency", "40ms")));
  }
}
