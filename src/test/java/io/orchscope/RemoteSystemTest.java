package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchscope.mdso.PollSummary;
import io.orchscope.simulator.Simulator;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which remote system a call, a pause and a fault belong to, and what counts as its success. */
final class RemoteSystemTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static final String HTML = "<html><body>Please log in</body></html>";

  @TempDir private Path folder;

  /** One address for all: /v1 is Webex, the rest MDSO, as behind one reverse proxy. */
  @Test
  void doesNotHoldMdsoUpWhenWebexAtTheSameAddressAsksForAPause() throws Exception {
    Map<String, String> words = Map.of("resources", "3", "failures", "100%");
    AtomicInteger posts = new AtomicInteger();
    try (Simulator simulator = Running.world(words);
        Interposed front =
            Interposed.before(
                simulator.mdsoUrl(),
                asked -> {
                  if (!asked.path().startsWith("/v1")) {
                    return Optional.empty();
                  }
                  posts.incrementAndGet();
                  return Optional.of(new Interposed.Answer(429, Map.of("Retry-After", "20"), "{}"));
                });
        Running running =
            Running.start(
                folder,
                simulator,
                Map.of(
                    "mdso.url",
                    front.url(),
                    "webex.url",
                    front.url() + "/v1",
                    "alerts.channel",
                    "webex",
                    "alerts.group-wait",
                    "10ms"))) {
      running.poll();
      await().atMost(LIMIT).until(() -> posts.get() > 0);
      Instant from = Instant.now();

      PollSummary poll = running.poll();

      assertThat(poll.incomplete()).isFalse();
      assertThat(Duration.between(from, Instant.now())).isLessThan(Duration.ofSeconds(10));
      assertThat(posts).hasValue(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        HTML,
        "{}",
        "[]",
        "{\"token\":\"\"}",
        "{\"token\":{\"value\":\"a\"}}",
        "{\"token\":\"two words\"}",
        "{\"token\":\"a\\nb\"}"
      })
  void triesALogInAgainThatBringsNoTokenWithinBounds(String reply) throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "3"));
        Interposed mdso =
            Interposed.before(
                simulator.mdsoUrl(),
                asked ->
                    asked.isFor("POST", "/tokens")
                        ? Optional.of(Interposed.Answer.of(200, reply))
                        : Optional.empty());
        Running running =
            Running.start(
                folder,
                simulator,
                Map.of(
                    "mdso.url", mdso.url(),
                    "retry.attempts", "2",
                    "observe.listen", "127.0.0.1:0"))) {

      running.pollAndSettle();

      assertThat(mdso.asked()).hasSize(3);
      assertThat(running.log().lines())
          .anyMatch(
              line ->
                  line.startsWith("ERROR A poll failed")
                      && line.contains("reason=garbled")
                      && line.contains("MDSO's reply to the log-in"));
      assertThat(HealthPageTest.ready(running))
          .contains("\"name\":\"mdso\",\"status\":\"DOWN\"")
          .contains("MDSO's reply to the log-in");
    }
  }

  @Test
  void goesOnAfterALogInThatBroughtALogInPageOnce() throws Exception {
    AtomicInteger logIns = new AtomicInteger();
    try (Simulator simulator = Running.world(Map.of("resources", "3"));
        Interposed mdso =
            Interposed.before(
                simulator.mdsoUrl(),
                asked ->
                    asked.isFor("POST", "/tokens") && logIns.incrementAndGet() == 1
                        ? Optional.of(Interposed.Answer.of(200, HTML))
                        : Optional.empty());
        Running running = Running.start(folder, simulator, Map.of("mdso.url", mdso.url()))) {

      PollSummary poll = running.pollAndSettle();

      assertThat(poll.equation()).startsWith("listed 3 = ").contains("dead-lettered 0");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/count", "/resources", "TraceLog"})
  void takesALogInPageForAGarbledReplyAndNotForAnEmptyList(String where) throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "3"));
        Interposed mdso =
            Interposed.before(
                simulator.mdsoUrl(),
                asked ->
                    asked.method().equals("GET")
                            && (where.equals("TraceLog")
                                ? asked.query().contains(where)
                                : asked.path().endsWith(where)
                                    && !asked.query().contains("TraceLog"))
                        ? Optional.of(Interposed.Answer.of(200, HTML))
                        : Optional.empty());
        Running running =
            Running.start(
                folder, simulator, Map.of("mdso.url", mdso.url(), "retry.attempts", "2"))) {

      PollSummary poll = running.pollAndSettle();

      boolean isOfACircuit = where.equals("TraceLog");
      assertThat(poll.incomplete()).isEqualTo(!isOfACircuit);
      assertThat(running.log().text()).contains("reason=garbled").contains("MDSO's answer");
      assertThat(running.deadLetters()).isEqualTo(isOfACircuit ? 3 : 0);
    }
  }

  @Test
  void triesBeornAgainWhenItAnswersAPageAndDoesNotSayThatThereAreNoDevices() throws Exception {
    Map<String, String> words = Map.of("resources", "1", "failures", "100%", "log-hosts", "3");
    AtomicInteger asks = new AtomicInteger();
    try (Simulator simulator = Running.world(words);
        Interposed beorn =
            Interposed.before(
                simulator.beornUrl(),
                asked ->
                    asks.incrementAndGet() <= 2
                        ? Optional.of(Interposed.Answer.of(200, asks.get() == 1 ? HTML : "{}"))
                        : Optional.empty())) {
      Map<String, String> settings =
          LogHostSettings.add(new HashMap<>(), simulator, folder.resolve("hosts"));
      settings.put("logs.root", folder.resolve("host-logs").toString());
      settings.put("error-tests.file", folder.resolve("hosts/none.yaml").toString());
      settings.put("beorn.url", beorn.url());
      settings.put("follow-up.circuits-at-once", "1");
      try (Running running = Running.start(folder, simulator, settings)) {
        running.pollAndSettle();
        running.assembly().awaitFollowUps(LIMIT);

        List<String> asked = beorn.asked().stream().map(Interposed.Asked::query).toList();
        assertThat(asked).hasSizeGreaterThan(2);
        assertThat(asked.subList(0, 3).stream().distinct()).hasSize(1);
      }
    }
  }
}
