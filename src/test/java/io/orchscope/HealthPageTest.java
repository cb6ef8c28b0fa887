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
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cluster is told that asks whether Orchscope can work. */
final class HealthPageTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

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
                  + "{\"name\":\"polls\",\"status\":\"UP\"}]}");
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

  /** What the page of readiness says now. */
  static String ready(Running running) throws Exception {
    return ask(running, HealthPage.READY).body();
  }

  private static HttpResponse<String> ask(Running running, String path) throws Exception {
    URI page = URI.create(running.assembly().metricsUrl().orElseThrow()).resolve(path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
  }
}
