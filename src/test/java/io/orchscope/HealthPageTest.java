package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchscope.settings.Clocks;
import io.orchscope.simulator.Simulator;
import io.orchscope.simulator.WebexFault;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cluster is told that asks whether Orchscope can work. */
final class HealthPageTest {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @Test
  void isReadyWhileAllIsWellAndSaysWhichNeighbourIsNot() throws Exception {
    Map<String, String> listens =
        Map.of(
            "observe.listen", "127.0.0.1:0",
            "alerts.channel", "webex",
            "alerts.group-wait", "50ms");
    try (Simulator simulator =
            Running.world(
                Map.of(
                    "resources",
                    "3",
                    "failures",
                    "100%",
                    "webex-status.sim-room-service-mapper",
                    "503"));
        Running running = Running.start(folder, simulator, listens)) {
      HttpResponse<String> before = ask(running, HealthPage.READY);
      running.poll();
      await().atMost(LIMIT).until(() -> ask(running, HealthPage.READY).statusCode() == 503);
      JsonNode after = new ObjectMapper().readTree(ask(running, HealthPage.READY).body());

      assertThat(before.statusCode()).isEqualTo(200);
      assertThat(before.headers().firstValue("Content-Type")).contains("application/json");
      assertThat(before.body())
          .isEqualTo(
              "{\"status\":\"UP\",\"checks\":[{\"name\":\"mdso\",\"status\":\"UP\"},"
                  + "{\"name\":\"webex\",\"status\":\"UP\"},"
                  + "{\"name\":\"ledger\",\"status\":\"UP\"},"
                  + "{\"name\":\"evidence\",\"status\":\"UP\"},"
                  + "{\"name\":\"alerts\",\"status\":\"UP\"},"
                  + "{\"name\":\"polls\",\"status\":\"UP\"},"
                  + "{\"name\":\"routes\",\"status\":\"UP\"},"
                  + "{\"name\":\"rules\",\"status\":\"UP\"}]}");
      assertThat(after.path("checks").path(0).path("status").asText()).isEqualTo("UP");
      assertThat(after.path("checks").path(1).path("reason").asText())
          .startsWith("the last ")
          .endsWith("the last: HTTP 503");
      assertThat(ask(running, HealthPage.LIVE).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void saysThatWebexIsInTroubleWhileAProxyAnswersInItsPlace() throws Exception {
    Map<String, String> listens =
        Map.of("observe.listen", "127.0.0.1:0", "alerts.channel", "webex");
    try (Simulator simulator = Running.world(Map.of("resources", "1", "failures", "100%"));
        Running running =
            Running.start(folder, simulator, listens, Clocks.both(new HurriedClock(20)))) {
      simulator.setWebexFault(
          WebexFault.of(WebexFault.Request.POST, 200, "text/html", "<html>log in</html>").times(8));
      running.poll();
      await().atMost(LIMIT).until(() -> ask(running, HealthPage.READY).statusCode() == 503);
      JsonNode broken = new ObjectMapper().readTree(ask(running, HealthPage.READY).body());
      await().atMost(LIMIT).until(() -> !simulator.messages().isEmpty());
      await().atMost(LIMIT).until(() -> ask(running, HealthPage.READY).statusCode() == 200);

      assertThat(broken.path("checks").path(0).path("status").asText()).isEqualTo("UP");
      assertThat(broken.path("checks").path(1).path("name").asText()).isEqualTo("webex");
      assertThat(broken.path("checks").path(1).path("reason").asText())
          .startsWith("the last ")
          .endsWith("the last: an answer that is no message of Webex");
    }
  }

  @Test
  void saysThatEvidenceCannotBeWritten() throws Exception {
    Path root = Files.writeString(folder.resolve("a file"), "where the archive should be");
    Map<String, String> settings =
        Map.of("observe.listen", "127.0.0.1:0", "evidence.root", root.toString());
    try (Simulator simulator = Running.world(Map.of());
        Running running = Running.start(folder, simulator, settings)) {
      HttpResponse<String> ready = ask(running, HealthPage.READY);

      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(ready.body())
          .contains("\"name\":\"evidence\",\"status\":\"DOWN\"", "nothing can be written below");
    }
  }

  @Test
  void answersWhileTheLedgerIsLockedAndSaysSo() throws Exception {
    Map<String, String> listens = Map.of("observe.listen", "127.0.0.1:0");
    try (Simulator simulator = Running.world(Map.of("resources", "3"));
        Running running = Running.start(folder, simulator, listens);
        Connection other =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger.db"));
        Statement statement = other.createStatement()) {
      running.pollAndSettle();
      HttpResponse<String> before = ask(running, HealthPage.READY);
      statement.execute("begin immediate");
      long from = System.nanoTime();
      HttpResponse<String> locked = ask(running, HealthPage.READY);
      HttpResponse<String> alive = ask(running, HealthPage.LIVE);
      Duration taken = Duration.ofNanos(System.nanoTime() - from);
      statement.execute("rollback");

      assertThat(before.statusCode()).isEqualTo(200);
      assertThat(locked.statusCode()).isEqualTo(503);
      assertThat(locked.body()).contains("{\"name\":\"ledger\",\"status\":\"DOWN\",\"reason\"");
      assertThat(alive.statusCode()).isEqualTo(200);
      assertThat(taken).isLessThan(Duration.ofSeconds(8));
      running.poll();
      await().atMost(LIMIT).until(() -> ask(running, HealthPage.READY).statusCode() == 200);
    }
  }

  @Test
  void saysThatLogsOfHostsCannotBeWritten() throws Exception {
    Path root = Files.writeString(folder.resolve("a file"), "where the logs should be");
    Running.configure(
        folder, "log-hosts.yaml", "hosts:\n  - name: mdso-1\n    folder: " + folder + "\n");
    Map<String, String> settings =
        Map.of("observe.listen", "127.0.0.1:0", "logs.root", root.toString());
    try (Simulator simulator = Running.world(Map.of());
        Running running = Running.start(folder, simulator, settings)) {

      assertThat(ready(running)).contains("\"name\":\"host-logs\",\"status\":\"DOWN\"");
    }
  }

  /** What the page of readiness says now. */
  static String ready(Running running) throws Exception {
    return ask(running, HealthPage.READY).body();
  }

  /** The HTTP status of the page of readiness now. */
  static int status(Running running) throws Exception {
    return ask(running, HealthPage.READY).statusCode();
  }

  private static HttpResponse<String> ask(Running running, String path) throws Exception {
    URI page = URI.create(running.assembly().metricsUrl().orElseThrow()).resolve(path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
  }
}
