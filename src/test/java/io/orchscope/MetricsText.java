package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** The page of metrics of a running application, as it was when it was read. */
record MetricsText(String text) {

  static MetricsText of(Running running) throws IOException, InterruptedException {
    return of(running, "text/plain");
  }

  /** In the format that is asked for. */
  static MetricsText of(Running running, String accept) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(running.assembly().metricsUrl().orElseThrow()))
            .header("Accept", accept)
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return new MetricsText(answer.body());
  }

  /** Of all series of a name. */
  long sum(String name) {
    return sum(name, "");
  }

  /** Of the series of a name that have this label, written {@code key="value"}. */
  long sum(String name, String label) {
    return text.lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .filter(line -> line.contains(label))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
