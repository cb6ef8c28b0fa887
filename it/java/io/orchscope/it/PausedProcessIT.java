package io.orchscope.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.postgres.DatabaseServer;
import io.orchscope.simulator.PostedMessage;
import io.orchscope.simulator.Simulator;
import io.orchscope.simulator.SimulatorOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that stands still for a while, and wakes up when another has done its work. */
final class PausedProcessIT {

  private static final long LIMIT_SECONDS = 300;
  private static final int CIRCUITS = 150;
  private static final List<String> COLLECT =
      List.of("collect", "--product", "service_mapper", "--json");

  @TempDir private Path folder;

  @Test
  void changesNothingWhenItWakesUpLate() throws Exception {
    // What is owed waits until the end, so that nothing is on its way to Webex when it stops.
    long repeated = pause("1h", (connection, simulator) -> decided(connection) >= 20);

    assertThat(repeated).isZero();
  }

  /** Whether Webex has taken what is on its way then, nobody can know: it is said again. */
  @Test
  void repeatsNoMoreThanTheMessageThatWasOnItsWay() throws Exception {
    long repeated = pause("200ms", (connection, simulator) -> simulator.messages().size() >= 3);

    assertThat(repeated).isLessThanOrEqualTo(1);
  }

  /** When the process is stopped. */
  private interface Moment {
    boolean hasCome(Connection connection, Simulator simulator) throws Exception;
  }

  /** Stops one process for as long as another needs for the work; answers repeated messages. */
  private long pause(String groupWait, Moment moment) throws Exception {
    Map<String, String> world =
        Map.of(
            "resources", String.valueOf(CIRCUITS),
            "products", "ServiceMapper",
            "failures", "40%",
            "latency", "100ms");
    try (DatabaseServer database = DatabaseServer.start(folder.resolve("postgres"));
        Simulator simulator = Simulator.start(SimulatorOptions.parse(world))) {
      String url = database.newDatabase();
      Map<String, String> settings = GivenSettings.of(simulator, url);
      settings.put("alerts.group-wait", groupWait);
      Program paused = Program.in(folder.resolve("paused"), settings);
      Program other = Program.in(folder.resolve("other"), settings);
      try (Program.Begun begun = paused.begin(COLLECT);
          Connection connection = DriverManager.getConnection(url, "postgres", "postgres")) {
        await(connection, simulator, moment);
        signal(begun.process(), "STOP");
        long from = System.nanoTime();
        Program.Ended second = other.run(COLLECT, LIMIT_SECONDS);
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - from);
        Map<String, String> meanwhile = state(connection);
        List<PostedMessage> told = simulator.messages();
        signal(begun.process(), "CONT");
        Program.Ended first = begun.end(LIMIT_SECONDS);

        LedgerAudit audit = LedgerAudit.of(connection, simulator.messages());
        System.out.printf(
            "F14 a process of two that stood still (group-wait %s): taken over and done after %d s;"
                + " errors noted twice %d, repeated messages %d, lost alerts %d%n",
            groupWait, seconds, notedTwice(connection), audit.repeated(), audit.untold());
        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(meanwhile).hasSizeGreaterThan(CIRCUITS);
        assertThat(state(connection)).isEqualTo(meanwhile);
        assertThat(simulator.messages()).hasSameSizeAs(told);
        assertThat(notedTwice(connection)).isZero();
        assertThat(audit.untold()).isZero();
        assertThat(audit.silent()).isZero();
        return audit.repeated();
      }
    }
  }

  /** What was decided of each resource and when, and what was told of each error and when. */
  private static Map<String, String> state(Connection connection) throws Exception {
    Map<String, String> state = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select resource_id, outcome || ' ' || decided_at from resource union all"
                    + " select occurrence_key, alert || ' ' || coalesce(alerted_at, '')"
                    + " || ' ' || times_seen from occurrence")) {
      while (row.next()) {
        state.put(row.getString(1), row.getString(2));
      }
    }
    return state;
  }

  private static void await(Connection connection, Simulator simulator, Moment moment)
      throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!moment.hasCome(connection, simulator)) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static long decided(Connection connection) {
    try {
      return LedgerAudit.number(
          connection, "select count(*) from resource where decided_at is not null");
    } catch (SQLException tablesAreComing) {
      return 0;
    }
  }

  private static long notedTwice(Connection connection) throws SQLException {
    return LedgerAudit.number(connection, "select count(*) from occurrence where times_seen > 1");
  }

  private static void signal(Process process, String name) throws Exception {
    int exit =
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    assertThat(exit).isZero();
  }
}
