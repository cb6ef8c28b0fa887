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
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that stands still for a while, and wakes up when another has done its work. */
final class PausedProcessIT {

  private static final long LIMIT_SECONDS = 120;
  private static final int CIRCUITS = 150;
  private static final List<String> COLLECT =
      List.of("collect", "--product", "service_mapper", "--json");

  @TempDir private Path folder;

  @Test
  void changesNothingWhenItWakesUpLate() throws Exception {
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
      Program paused = Program.in(folder.resolve("paused"), settings);
      Program other = Program.in(folder.resolve("other"), settings);
      Program.Ended first;
      Program.Ended second;
      Map<String, String> meanwhile;
      try (Program.Begun begun = paused.begin(COLLECT);
          Connection connection = DriverManager.getConnection(url, "postgres", "postgres")) {
        awaitDecided(connection, 20);
        signal(begun.process(), "STOP");
        second = other.run(COLLECT, LIMIT_SECONDS);
        meanwhile = state(connection);
        signal(begun.process(), "CONT");
        first = begun.end(LIMIT_SECONDS);

        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(meanwhile).hasSizeGreaterThan(CIRCUITS);
        assertThat(state(connection)).isEqualTo(meanwhile);
        assertThat(simulator.messages())
            .isNotEmpty()
            .extracting(PostedMessage::markdown)
            .doesNotHaveDuplicates();
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

  private static void awaitDecided(Connection connection, int circuits) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    long decided = 0;
    while (decided < circuits && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(50);
      try (Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "select case when to_regclass('resource') is null then 0 else 1 end")) {
        row.next();
        decided = row.getInt(1) == 0 ? 0 : decided(connection);
      }
    }
    assertThat(decided).isGreaterThanOrEqualTo(circuits);
  }

  private static long decided(Connection connection) throws Exception {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select count(*) from resource where decided_at is not null")) {
      row.next();
      return row.getLong(1);
    } catch (java.sql.SQLException columnsAreComing) {
      return 0;
    }
  }

  private static void signal(Process process, String name) throws Exception {
    int exit =
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    assertThat(exit).isZero();
  }
}
