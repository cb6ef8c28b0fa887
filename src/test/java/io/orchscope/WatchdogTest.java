package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.orchscope.simulator.Simulator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The watchdog outside that hears from us as long as all is well. */
final class WatchdogTest {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** Rounds of 50 ms at least: enough for some pings, were there any. */
  private static final int A_WHILE = 12;

  private static final String SECRET = "/ping/kept-between-us";

  /** A service on loopback that hears pings and answers as it is told. */
  private record Dog(HttpServer server, Queue<String> heard, AtomicInteger status)
      implements AutoCloseable {

    static Dog awake() throws Exception {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      Dog dog = new Dog(server, new ConcurrentLinkedQueue<>(), new AtomicInteger(200));
      server.createContext(
          "/",
          exchange -> {
            dog.heard.add(
                exchange.getRequestMethod()
                    + " "
                    + exchange.getRequestURI()
                    + " "
                    + exchange.getRequestHeaders().containsKey("traceparent"));
            exchange.sendResponseHeaders(dog.status.get(), -1);
            exchange.close();
          });
      server.start();
      return dog;
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort() + SECRET;
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  @TempDir private Path folder;

  @Test
  void hearsFromUsWhileAllIsWellAndNothingWhenEvidenceCannotBeWritten() throws Exception {
    try (Dog dog = Dog.awake();
        Simulator simulator = Running.world(Map.of());
        Running running = Running.start(folder, simulator, settings(dog))) {
      await().atMost(LIMIT).until(() -> dog.heard().size() >= 3);
      Path root = folder.resolve("evidence");
      java.nio.file.Files.deleteIfExists(root);
      java.nio.file.Files.writeString(root, "a file where the archive should be");
      await().atMost(LIMIT).until(() -> log(running).contains("not pinged any more"));
      int before = dog.heard().size();
      running.awaitRounds(A_WHILE);
      int meanwhile = dog.heard().size() - before;
      java.nio.file.Files.delete(root);
      await().atMost(LIMIT).until(() -> dog.heard().size() > before + 2);

      assertThat(meanwhile).isLessThanOrEqualTo(1);
      assertThat(dog.heard()).containsOnly("GET " + SECRET + " false");
      assertThat(log(running))
          .contains("because=evidence: nothing can be written below")
          .contains("is pinged again")
          .doesNotContain(SECRET);
      assertThat(running.spans().named("ping-watchdog")).isEmpty();
    }
  }

  @Test
  void saysOnceThatTheWatchdogDoesNotHearAndWhereThatIsNotSaid() throws Exception {
    try (Dog dog = Dog.awake();
        Simulator simulator = Running.world(Map.of())) {
      dog.status().set(503);
      try (Running running = Running.start(folder, simulator, settings(dog))) {
        await().atMost(LIMIT).until(() -> dog.heard().size() >= 4);
        dog.status().set(200);
        await().atMost(LIMIT).until(() -> log(running).contains("has heard a ping again"));

        assertThat(running.log().lines())
            .filteredOn(line -> line.contains("has not heard a ping"))
            .hasSize(1)
            .allMatch(line -> line.endsWith("reason=server"));
        assertThat(log(running)).doesNotContain(SECRET);
      }
    }
  }

  @Test
  void isACheckOfItsOwnThatStopsNeitherPingsNorWebex() throws Exception {
    try (Dog dog = Dog.awake();
        Simulator simulator = Running.world(Map.of())) {
      dog.status().set(503);
      Map<String, String> settings = new HashMap<>(settings(dog));
      settings.put("observe.listen", "127.0.0.1:0");
      settings.put("alerts.channel", "webex");
      try (Running running = Running.start(folder, simulator, settings)) {
        await().atMost(LIMIT).until(() -> dog.heard().size() >= 5);
        String degraded = HealthPageTest.ready(running);
        int before = dog.heard().size();
        await().atMost(LIMIT).until(() -> dog.heard().size() > before + 2);
        dog.status().set(200);
        await()
            .atMost(LIMIT)
            .until(() -> HealthPageTest.ready(running).startsWith("{\"status\":\"UP\""));

        assertThat(degraded)
            .contains("{\"name\":\"webex\",\"status\":\"UP\"}")
            .contains("{\"name\":\"watchdog\",\"status\":\"DEGRADED\"")
            .contains("the last: HTTP 503")
            .doesNotContain(SECRET);
      }
    }
  }

  @Test
  void keepsItsSecretPathOutOfMetricsSpansTracesAndLogs() throws Exception {
    try (Dog dog = Dog.awake();
        Simulator simulator = Running.world(Map.of())) {
      dog.status().set(503);
      Map<String, String> settings = new HashMap<>(settings(dog));
      settings.put("observe.listen", "127.0.0.1:0");
      try (Running running = Running.start(folder, simulator, settings)) {
        await().atMost(LIMIT).until(() -> dog.heard().size() >= 3);
        String metrics = MetricsText.of(running).text();
        // Draws every trace that the next sweep would draw.
        running.assembly().localTraces().forceFlush();

        assertThat(metrics).contains("url_template=\"/{secret}\"");
        assertThat(metrics + log(running) + HealthPageTest.ready(running))
            .doesNotContain("kept-between-us");
        assertThat(running.spans().ended()).isEmpty();
        assertThat(running.assembly().localTraces().newest(span -> true)).isEmpty();
      }
    }
  }

  @Test
  void isLeftAloneByCommandsThatPollOnce() throws Exception {
    try (Dog dog = Dog.awake();
        Simulator simulator = Running.world(Map.of())) {
      Map<String, String> settings = new HashMap<>(settings(dog));
      settings.put("poll.by-schedule", "no");
      try (Running running = Running.start(folder, simulator, settings)) {
        running.pollAndSettle();
        running.awaitRounds(A_WHILE);

        assertThat(dog.heard()).isEmpty();
      }
    }
  }

  private static Map<String, String> settings(Dog dog) {
    return Map.of("watch.ping-url", dog.url(), "watch.ping-every", "100ms");
  }

  private static String log(Running running) {
    return String.join("\n", running.log().lines());
  }
}
