package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchscope.mdso.PollSummary;
import io.orchscope.simulator.Simulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How often we log in to MDSO, when again, and what we leave behind there. */
final class TokenTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"tron", "oauth2"})
  void usesOneTokenForAPollAndHandsItBack(String flavour) throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "45"));
        Running running = Running.start(folder, simulator, Map.of("mdso.token.flavour", flavour))) {

      PollSummary poll = running.pollAndSettle();

      assertThat(poll.equation()).startsWith("listed 45 = ");
      assertThat(simulator.count("mdso.tokens.created")).isEqualTo(1);
      assertThat(simulator.count("mdso.tokens.deleted")).isEqualTo(1);
      assertThat(simulator.openTokens()).isZero();
    }
  }

  @Test
  void logsInOnceMoreWhenATokenEndsInTheMiddleOfTheList() throws Exception {
    Map<String, String> words = Map.of("resources", "90", "unauthorized-after-lists", "3");
    try (Simulator simulator = Running.world(words);
        Running running = Running.start(folder, simulator, Map.of())) {

      PollSummary poll = running.pollAndSettle();

      assertThat(poll.equation()).startsWith("listed 90 = ").contains("dead-lettered 0");
      assertThat(poll.incomplete()).isFalse();
      assertThat(simulator.count("mdso.tokens.created")).isEqualTo(2);
      assertThat(simulator.openTokens()).isZero();
    }
  }

  @Test
  void logsInOnceMoreEachTimeThatATokenEndsDuringALongList() throws Exception {
    Map<String, String> words = Map.of("resources", "60");
    // Eight circuits at once: by the next of these the last token is in use.
    List<Integer> ends = List.of(10, 27, 44);
    AtomicInteger traces = new AtomicInteger();
    try (Simulator simulator = Running.world(words);
        Interposed mdso =
            Interposed.before(
                simulator.mdsoUrl(),
                asked -> {
                  if (asked.query().contains("TraceLog")
                      && ends.contains(traces.incrementAndGet())) {
                    simulator.revokeTokens();
                  }
                  return Optional.empty();
                });
        Running running =
            Running.start(
                folder,
                simulator,
                Map.of(
                    "mdso.url", mdso.url(),
                    "poll.page-size", "4",
                    "circuits.queue-length", "4"))) {

      PollSummary poll = running.poll();

      assertThat(poll.equation()).startsWith("listed 60 = ").contains("dead-lettered 0");
      assertThat(poll.incomplete()).isFalse();
      assertThat(simulator.count("mdso.tokens.created")).isEqualTo(4);
    }
  }

  @Test
  void logsInOnceMoreWhenManyCircuitsFindTheirTokenRevokedAtOnce() throws Exception {
    Map<String, String> words = Map.of("resources", "192", "latency", "100ms");
    try (Simulator simulator = Running.world(words);
        Running running =
            Running.start(
                folder, simulator, Map.of("circuits.at-once", "64", "poll.page-size", "200"))) {
      running.beginPoll("service_mapper");
      await().atMost(Duration.ofMinutes(2)).until(() -> running.decided().size() > 20);

      simulator.revokeTokens();
      PollSummary poll = running.awaitPoll(1);

      assertThat(simulator.count("mdso.status.401")).isGreaterThan(16);
      assertThat(simulator.count("mdso.tokens.created")).isEqualTo(2);
      assertThat(poll.equation()).startsWith("listed 192 = ").contains("dead-lettered 0");
      assertThat(simulator.openTokens()).isZero();
    }
  }

  @Test
  void renewsATokenBeforeItEndsAndLeavesNoneBehind() throws Exception {
    Map<String, String> words =
        Map.of("resources", "30", "latency", "200ms", "token-lifetime", "8s");
    Map<String, String> settings =
        Map.of(
            "mdso.token.flavour", "oauth2",
            "mdso.token.renew-before", "5s",
            "circuits.at-once", "1");
    try (Simulator simulator = Running.world(words);
        Running running = Running.start(folder, simulator, settings)) {

      PollSummary poll = running.pollAndSettle();

      assertThat(poll.took()).isGreaterThan(Duration.ofSeconds(4));
      // Each is used for six seconds: a quarter of its life is left for the last call.
      assertThat(simulator.count("mdso.tokens.created"))
          .isBetween(2L, 2 + poll.took().toSeconds() / 6);
      assertThat(simulator.count("mdso.status.401")).isZero();
      assertThat(simulator.openTokens()).isZero();
      assertThat(running.log().lines()).noneMatch(line -> line.startsWith("WARN"));
    }
  }

  @Test
  void keepsATokenForAWhileThatLivesShorterThanTheTimeOfItsRenewal() throws Exception {
    Map<String, String> words = Map.of("resources", "30", "token-lifetime", "20s");
    Map<String, String> settings =
        Map.of("mdso.token.flavour", "oauth2", "mdso.token.renew-before", "30s");
    try (Simulator simulator = Running.world(words);
        Running running = Running.start(folder, simulator, settings)) {

      PollSummary poll = running.pollAndSettle();

      assertThat(poll.isBalanced()).isTrue();
      assertThat(simulator.count("mdso.tokens.created")).isLessThanOrEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tron", "oauth2"})
  void asksForATokenOnceWithAWrongPasswordAndForNothingElse(String flavour) throws Exception {
    Map<String, String> settings =
        Map.of("mdso.password", "not-the-password", "mdso.token.flavour", flavour);
    try (Simulator simulator = Running.world(Map.of("resources", "5"));
        Running running = Running.start(folder, simulator, settings)) {

      PollSummary poll = running.pollAndSettle();

      assertThat(poll.incomplete()).isTrue();
      assertThat(running.logIns()).isEqualTo(1);
      assertThat(simulator.requests()).hasSize(1);
      assertThat(running.log().lines())
          .anyMatch(
              line ->
                  line.startsWith("ERROR A poll failed; the next one starts over.")
                      && line.contains("reason=unauthorised"));
    }
  }

  @Test
  void pollsOnAfterAPasswordHasBeenCorrectedAtMdso() throws Exception {
    boolean[] wrong = {true};
    try (Simulator simulator = Running.world(Map.of("resources", "5"));
        Interposed mdso =
            Interposed.before(
                simulator.mdsoUrl(),
                asked ->
                    asked.isFor("POST", "/tokens") && wrong[0]
                        ? Optional.of(Interposed.Answer.of(201, "{\"isSuccessful\":false}"))
                        : Optional.empty());
        Running running = Running.start(folder, simulator, Map.of("mdso.url", mdso.url()))) {
      PollSummary refused = running.poll();

      wrong[0] = false;
      PollSummary accepted = running.poll();

      assertThat(refused.incomplete()).isTrue();
      assertThat(accepted.equation()).startsWith("listed 5 = ");
    }
  }

  @Test
  void givesTheTokenBackEvenWhenTheListFailsHalfWayAndCatchesUpLater() throws Exception {
    boolean[] broken = {true};
    try (Simulator simulator = Running.world(Map.of("resources", "60"));
        Interposed mdso =
            Interposed.before(
                simulator.mdsoUrl(),
                asked ->
                    asked.isFor("GET", "/resources")
                            && !asked.query().contains("offset=0")
                            && broken[0]
                        ? Optional.of(Interposed.Answer.of(404))
                        : Optional.empty());
        Running running = Running.start(folder, simulator, Map.of("mdso.url", mdso.url()))) {
      PollSummary half = running.pollAndSettle();

      broken[0] = false;
      PollSummary whole = running.pollAndSettle();

      assertThat(half.incomplete()).isTrue();
      assertThat(half.listed()).isEqualTo(20);
      assertThat(whole.incomplete()).isFalse();
      assertThat(whole.equation()).startsWith("listed 60 = ");
      assertThat(simulator.openTokens()).isZero();
      assertThat(requestsFor(mdso, "DELETE")).hasSize(2);
    }
  }

  @Test
  void saysThatATokenStaysBehindWithoutSayingWhichOne() throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "3"));
        Interposed mdso =
            Interposed.before(
                simulator.mdsoUrl(),
                asked ->
                    asked.method().equals("DELETE")
                        ? Optional.of(Interposed.Answer.of(500))
                        : Optional.empty());
        Running running = Running.start(folder, simulator, Map.of("mdso.url", mdso.url()))) {

      PollSummary poll = running.pollAndSettle();

      String path = requestsFor(mdso, "DELETE").get(0).path();
      String token = path.substring(path.lastIndexOf('/') + 1);
      assertThat(poll.incomplete()).isFalse();
      assertThat(running.log().text())
          .contains("A token could not be handed back")
          .doesNotContain(token);
      assertThat(running.spans().settled().toString()).doesNotContain(token);
    }
  }

  private static List<Interposed.Asked> requestsFor(Interposed mdso, String method) {
    return mdso.asked().stream().filter(asked -> asked.method().equals(method)).toList();
  }
}
