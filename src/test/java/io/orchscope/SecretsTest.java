package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.orchscope.simulator.Simulator;
import io.orchscope.telemetry.SpanTree;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Passwords and tokens while everything goes wrong: they may go to their neighbour and to nobody
 * else.
 */
final class SecretsTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"tron", "oauth2"})
  void areInNothingThatAPollFullOfFailuresLeavesBehind(String flavour) throws Exception {
    Map<String, String> words =
        new HashMap<>(Map.of("resources", "40", "failures", "60%", "server-error-every", "6"));
    words.put("webex-status.sim-room-service-mapper", "404");
    AtomicInteger calls = new AtomicInteger();
    try (Simulator simulator = Running.world(words);
        Interposed mdso =
            Interposed.before(simulator.mdsoUrl(), asked -> unkind(asked, calls, simulator));
        Running running =
            Running.start(
                folder,
                simulator,
                Map.of(
                    "mdso.url",
                    mdso.url(),
                    "mdso.token.flavour",
                    flavour,
                    "alerts.channel",
                    "webex",
                    "retry.attempts",
                    "2"))) {
      running.pollAndSettle();
      simulator.revokeTokens();
      running.pollAndSettle();

      Set<String> canaries = tokens(mdso);
      canaries.add(simulator.credentials().password());
      canaries.add(simulator.credentials().webexBotToken());

      assertThat(canaries).hasSizeGreaterThan(3);
      assertThat(running.log().text()).contains("could not be sent").contains("handed back");
      assertNone(canaries, running);
    }
  }

  @Test
  void areInNothingThatARefusedLogInLeavesBehind() throws Exception {
    String password = "canary-of-a-password";
    try (Simulator simulator = Running.world(Map.of("resources", "3"));
        Interposed mdso =
            Interposed.before(
                simulator.mdsoUrl(),
                asked ->
                    Optional.of(
                        Interposed.Answer.of(
                            201,
                            "{\"isSuccessful\":false,\"message\":\"Not with "
                                + password
                                + "\"}")));
        Running running =
            Running.start(
                folder, simulator, Map.of("mdso.url", mdso.url(), "mdso.password", password))) {

      running.pollAndSettle();

      assertThat(mdso.asked()).hasSize(1);
      assertThat(mdso.asked().get(0).body()).contains(password);
      assertNone(Set.of(password), running);
    }
  }

  @Test
  void areInNothingThatAnUnreadableLogInLeavesBehind() throws Exception {
    String token = "canary-of-a-token";
    try (Simulator simulator = Running.world(Map.of("resources", "3"));
        Interposed mdso =
            Interposed.before(
                simulator.mdsoUrl(),
                asked -> Optional.of(Interposed.Answer.of(201, "{\"token\":\"" + token)));
        Running running = Running.start(folder, simulator, Map.of("mdso.url", mdso.url()))) {

      running.pollAndSettle();

      assertThat(running.log().text()).contains("A poll failed");
      assertNone(Set.of(token, simulator.credentials().password()), running);
    }
  }

  /** Fails at handing back, and echoes what it was told wherever it fails. */
  private static Optional<Interposed.Answer> unkind(
      Interposed.Asked asked, AtomicInteger calls, Simulator simulator) {
    String echo =
        "You sent " + asked.headers() + " and " + simulator.credentials().password() + ".";
    if (asked.method().equals("DELETE")) {
      return Optional.of(Interposed.Answer.of(500, echo));
    }
    if (asked.query().contains("TraceLog") && calls.incrementAndGet() % 4 == 0) {
      return Optional.of(Interposed.Answer.of(calls.get() % 8 == 0 ? 400 : 200, echo));
    }
    return Optional.empty();
  }

  private static Set<String> tokens(Interposed mdso) {
    return mdso.asked().stream()
        .map(asked -> asked.headers().getOrDefault("authorization", ""))
        .filter(value -> value.startsWith("Bearer "))
        .map(value -> value.substring("Bearer ".length()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void assertNone(Set<String> canaries, Running running) throws Exception {
    List<SpanData> spans = running.spans().settled();
    StringBuilder all = new StringBuilder(running.log().text());
    spans.forEach(span -> all.append(span).append(span.getEvents()).append(span.getAttributes()));
    running.spans().traces().values().forEach(trace -> all.append(SpanTree.draw(trace)));
    for (byte[] file : running.files()) {
      all.append(new String(file, StandardCharsets.ISO_8859_1));
    }
    for (String canary : canaries) {
      int at = all.indexOf(canary);
      assertThat(at).as("%s…", at < 0 ? "" : all.substring(Math.max(0, at - 300), at)).isNegative();
    }
  }
}
