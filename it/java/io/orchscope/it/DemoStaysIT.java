package io.orchscope.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchscope.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code orchscope demo --stay}: the page stays open, and Ctrl-C ends it. */
final class DemoStaysIT {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @Test
  void showsThePageUntilSomebodyEndsIt() throws Exception {
    int port = FreePort.next();
    Program program =
        Program.in(folder.resolve("home"), Map.of("console.listen", "127.0.0.1:" + port));
    try (Program.Begun demo = program.begin(List.of("demo", "--stay", "--resources", "40"))) {
      await()
          .atMost(LIMIT)
          .until(() -> Files.readString(demo.out()).contains("The page  http://127.0.0.1:" + port));

      String page = get("http://127.0.0.1:" + port + "/groups");
      demo.terminate();
      Program.Ended ended = demo.end(LIMIT.toSeconds());

      assertThat(page).contains("Failure groups", "DE-1");
      assertThat(ended.exitCode()).as(ended.err()).isEqualTo(128 + 15);
    }
  }

  private static String get(String address) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
        .body();
  }
}
