package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchscope.defect.Outcome;
import io.orchscope.mdso.PollSummary;
import io.orchscope.settings.InvalidFileException;
import io.orchscope.simulator.Simulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page that Prometheus scrapes. */
final class MetricsPageTest {

  private static final Map<String, String> ON_A_FREE_PORT = Map.of("observe.listen", "127.0.0.1:0");

  @TempDir private Path folder;

  @Test
  void tellsInFiguresWhatThePollTells() throws Exception {
    Map<String, String> words = Map.of("resources", "60", "failures", "40%");
    try (Simulator simulator = Running.world(words);
        Running running = Running.start(folder, simulator, ON_A_FREE_PORT)) {

      PollSummary summary = running.pollAndSettle();

      MetricsText page = MetricsText.of(running);
      long errors = page.sum("mdso_errors_detected_total");
      assertThat(errors).isGreaterThanOrEqualTo(summary.of(Outcome.DEFECTIVE)).isPositive();
      assertThat(page.sum("mdso_alerts_total")).isEqualTo(errors);
      assertThat(page.sum("mdso_api_calls_total"))
          .isEqualTo(
              running.simulator().requests().stream()
                  .filter(request -> !request.path().contains("messages"))
                  .count());
      assertThat(page.sum("mdso_log_collection_duration_seconds_count"))
          .isEqualTo(summary.listed());
      assertThat(page.sum("mdso_circuits_processing")).isZero();
      assertThat(page.sum("mdso_outbox_depth")).isZero();
      assertThat(page.sum("mdso_ledger_imbalance_ratio") + page.sum("mdso_ledger_imbalance"))
          .isZero();
      assertThat(page.text()).contains("mdso_poll_last_success_seconds{");
    }
  }

  @Test
  void leadsFromASlowBucketToATraceForThoseWhoAskForOpenMetrics() throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "20"));
        Running running = Running.start(folder, simulator, ON_A_FREE_PORT)) {

      running.pollAndSettle();

      String page = MetricsText.of(running, "application/openmetrics-text; version=1.0.0").text();
      Matcher exemplar =
          Pattern.compile(
                  "mdso_log_collection_duration_seconds_bucket\\{.*# \\{.*trace_id=\"(\\w+)\"")
              .matcher(page);
      assertThat(exemplar.find()).isTrue();
      assertThat(running.spans().traces()).containsKey(exemplar.group(1));
    }
  }

  @Test
  void answersGetAndHeadForNamesOfThisMachineOnly() throws Exception {
    try (Simulator simulator = Running.world(Map.of());
        Running running =
            Running.start(
                folder,
                simulator,
                Map.of("observe.listen", "127.0.0.1:0", "observe.names", "metrics.example.com"))) {
      int port = URI.create(running.assembly().metricsUrl().orElseThrow()).getPort();

      for (String path :
          List.of("/observe/metrics", "/observe/health/live", "/observe/health/ready")) {
        assertThat(status(port, "GET", path, "evil.example.com:" + port)).isEqualTo("421");
        assertThat(status(port, "GET", path, "localhost")).isIn("200", "503");
        assertThat(status(port, "HEAD", path, "metrics.example.com")).isIn("200", "503");
        for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS", "TRACE")) {
          assertThat(status(port, method, path, "127.0.0.1")).as(method + path).isEqualTo("405");
        }
      }
      assertThat(status(port, "GET", "/", "127.0.0.1")).isEqualTo("404");
    }
  }

  private static String status(int port, String method, String path, String host)
      throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket
          .getOutputStream()
          .write(
              (method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .substring(9, 12);
    }
  }

  @Test
  void saysWhoseFaultItIsWhenSomebodyElseListensThere() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Simulator simulator = Running.world(Map.of())) {
      Map<String, String> settings = Map.of("observe.listen", "127.0.0.1:" + taken.getLocalPort());

      assertThatThrownBy(() -> Running.start(folder, simulator, settings))
          .isInstanceOf(InvalidFileException.class)
          .hasMessageContaining("observe.listen")
          .hasMessageContaining("OBSERVE_LISTEN=off");
    }
  }
}
