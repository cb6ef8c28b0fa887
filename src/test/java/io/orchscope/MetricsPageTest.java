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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
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

      String page = page(running, "text/plain");
      long errors = sum(page, "mdso_errors_detected_total");
      assertThat(errors).isGreaterThanOrEqualTo(summary.of(Outcome.DEFECTIVE)).isPositive();
      assertThat(sum(page, "mdso_alerts_total")).isEqualTo(errors);
      assertThat(sum(page, "mdso_api_calls_total"))
          .isEqualTo(
              running.simulator().requests().stream()
                  .filter(request -> !request.path().contains("messages"))
                  .count());
      assertThat(sum(page, "mdso_log_collection_duration_seconds_count"))
          .isEqualTo(summary.listed());
      assertThat(sum(page, "mdso_circuits_processing")).isZero();
      assertThat(sum(page, "mdso_outbox_depth")).isZero();
      assertThat(sum(page, "mdso_ledger_imbalance_ratio") + sum(page, "mdso_ledger_imbalance"))
          .isZero();
      assertThat(page).contains("mdso_poll_last_success_seconds{");
    }
  }

  @Test
  void leadsFromASlowBucketToATraceForThoseWhoAskForOpenMetrics() throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "20"));
        Running running = Running.start(folder, simulator, ON_A_FREE_PORT)) {

      running.pollAndSettle();

      String page = page(running, "application/openmetrics-text; version=1.0.0");
      Matcher exemplar =
          Pattern.compile(
                  "mdso_log_collection_duration_seconds_bucket\\{.*# \\{.*trace_id=\"(\\w+)\"")
              .matcher(page);
      assertThat(exemplar.find()).isTrue();
      assertThat(running.spans().traces()).containsKey(exemplar.group(1));
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

  private static String page(Running running, String accept)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(running.assembly().metricsUrl().orElseThrow()))
            .header("Accept", accept)
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  /** Of all series of a name. */
  private static long sum(String page, String name) {
    return page.lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
