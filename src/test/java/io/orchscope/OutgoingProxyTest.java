package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchscope.mdso.PollSummary;
import io.orchscope.simulator.Simulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls through outgoing proxies, and whose fault it is when one fails. */
final class OutgoingProxyTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static final String HTML = "<html><body>Please log in to the proxy</body></html>";

  private static final String JSON_403 = "{\"message\":\"forbidden\"}";

  @TempDir private Path folder;

  @Test
  void pollsThroughATunnelWithCredentialsThatStandInNoOutput() throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "4"));
        TlsFront mdso = TlsFront.of(folder, simulator.mdsoUrl());
        ForwardProxy proxy = ForwardProxy.start(OutgoingProxyTest::onlyWithCredentials);
        Running running =
            Running.start(
                folder,
                simulator,
                settings(
                    mdso.url(),
                    Map.of(
                        "mdso.proxy",
                        "http://orchscope@" + proxy.address(),
                        "mdso.proxy-password",
                        "canary-of-a-proxy")))) {

      PollSummary poll = running.pollAndSettle();

      assertThat(poll.equation()).startsWith("listed 4 = ");
      assertThat(proxy.asked()).allMatch(head -> head.startsWith("CONNECT 127.0.0.1:"));
      assertThat(running.log().text()).doesNotContain("canary-of-a-proxy");
    }
  }

  @Test
  void pollsThroughAProxyThatPassesPlainHttpOn() throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "4"));
        ForwardProxy proxy = ForwardProxy.start(head -> new ForwardProxy.PassOn());
        Running running = Running.start(folder, simulator, Map.of("mdso.proxy", proxy.address()))) {

      PollSummary poll = running.pollAndSettle();

      assertThat(poll.equation()).startsWith("listed 4 = ");
      assertThat(proxy.asked()).hasSizeGreaterThan(4).allMatch(head -> head.contains(" http://"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 407, 502})
  void attributesARefusedTunnelToTheProxyAndTriesAgain(int status) throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "3"));
        ForwardProxy proxy =
            ForwardProxy.start(
                head -> new ForwardProxy.Say(status, "Content-Type: text/html\r\n", HTML));
        Running running =
            Running.start(
                folder,
                simulator,
                settings("https://mdso.example.com", Map.of("mdso.proxy", proxy.address())))) {

      PollSummary poll = running.pollAndSettle();

      assertThat(poll.incomplete()).isTrue();
      assertThat(proxy.asked())
          .hasSize(3)
          .allMatch(head -> head.startsWith("CONNECT mdso.example"));
      assertIsOfTheProxy(running, "mdso", "answered CONNECT with HTTP " + status);
    }
  }

  @ParameterizedTest
  @CsvSource({"hangs, SocketTimeoutException", "unknown, UnknownHostException"})
  void attributesAProxyThatCannotBeUsedToTheProxy(String kind, String cause) throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "3"));
        ForwardProxy proxy = ForwardProxy.start(head -> new ForwardProxy.Hang());
        Running running =
            Running.start(
                folder,
                simulator,
                settings(
                    "https://mdso.example.com",
                    Map.of(
                        "mdso.proxy",
                        kind.equals("hangs") ? proxy.address() : "proxy.invalid:3128",
                        "http.reply-timeout",
                        "300ms")))) {

      running.pollAndSettle();

      assertIsOfTheProxy(running, "mdso", "cannot be used: " + cause);
    }
  }

  @ParameterizedTest
  @CsvSource({"502, text/html", "503, text/html", "407, text/plain", "200, text/html"})
  void attributesWhatAPlainProxyAnswersItselfToTheProxy(int status, String type) throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "3"));
        ForwardProxy proxy =
            ForwardProxy.start(
                head -> new ForwardProxy.Say(status, "Content-Type: " + type + "\r\n", HTML));
        Running running =
            Running.start(
                folder,
                simulator,
                settings("http://mdso.example.com", Map.of("mdso.proxy", proxy.address())))) {

      running.pollAndSettle();

      assertThat(proxy.asked()).hasSize(3);
      assertIsOfTheProxy(running, "mdso", "answered with HTTP " + status);
    }
  }

  @Test
  void keepsAnAlertForLaterThatTheProxyOfWebexHasRefused() throws Exception {
    boolean[] refuses = {true};
    Map<String, String> words = Map.of("resources", "2", "failures", "100%");
    try (Simulator simulator = Running.world(words);
        TlsFront webex = TlsFront.of(folder, simulator.webexUrl());
        ForwardProxy proxy =
            ForwardProxy.start(
                head ->
                    refuses[0] ? new ForwardProxy.Say(403, "", HTML) : new ForwardProxy.PassOn());
        Running running =
            Running.start(folder, simulator, webex(webex.url() + "/v1", proxy.address()))) {
      running.poll();
      await().atMost(LIMIT).until(() -> running.log().text().contains("it waits"));

      assertThat(running.deadLetters()).isZero();
      assertThat(running.log().text()).contains("reason=proxy").contains("The proxy of Webex");
      assertThat(HealthPageTest.ready(running)).contains("\"name\":\"webex\",\"status\":\"DOWN\"");
      refuses[0] = false;
      running.assembly().awaitAlerts(LIMIT);
      assertThat(simulator.messages()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void leavesTheRemoteSystemItsOwnRefusal(boolean tunnelled) throws Exception {
    Map<String, String> words = Map.of("resources", "1", "failures", "100%");
    try (Simulator simulator = Running.world(words);
        Interposed own =
            Interposed.alone(
                asked ->
                    new Interposed.Answer(
                        403, Map.of("Content-Type", "application/json"), JSON_403));
        TlsFront tls = TlsFront.of(folder, java.net.URI.create(own.url()));
        ForwardProxy proxy = ForwardProxy.start(head -> new ForwardProxy.PassOn());
        Running running =
            Running.start(
                folder, simulator, webex(tunnelled ? tls.url() : own.url(), proxy.address()))) {
      running.pollAndSettle();

      assertThat(running.deadLetters()).isEqualTo(1);
      assertThat(running.log().text())
          .contains("reason=client explanation=HTTP 403 from http")
          .contains("(Webex)")
          .doesNotContain("proxy");
    }
  }

  @Test
  void doesNotBlameTheProxyForACertificateOfTheRemoteSystem() throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "1"));
        TlsFront mdso = TlsFront.of(folder, simulator.mdsoUrl());
        ForwardProxy proxy = ForwardProxy.start(head -> new ForwardProxy.PassOn());
        Running running =
            Running.start(
                folder,
                simulator,
                Map.of(
                    "mdso.url", mdso.url(),
                    "mdso.proxy", proxy.address(),
                    "retry.attempts", "1"))) {

      running.pollAndSettle();

      assertThat(running.log().lines())
          .anyMatch(
              line -> line.startsWith("ERROR A poll failed") && line.contains("reason=refused"));
    }
  }

  private static ForwardProxy.Act onlyWithCredentials(String head) {
    // orchscope:canary-of-a-proxy
    return head.contains("Proxy-Authorization: Basic b3JjaHNjb3BlOmNhbmFyeS1vZi1hLXByb3h5")
        ? new ForwardProxy.PassOn()
        : new ForwardProxy.Say(407, "Proxy-Authenticate: Basic realm=\"lab\"\r\n", "");
  }

  private static void assertIsOfTheProxy(Running running, String check, String what)
      throws Exception {
    List<String> lines = running.log().lines();
    assertThat(lines)
        .anyMatch(
            line ->
                line.startsWith("ERROR A poll failed")
                    && line.contains("reason=proxy")
                    && line.contains("The proxy of MDSO")
                    && line.contains(what));
    assertThat(HealthPageTest.ready(running))
        .contains("\"name\":\"" + check + "\",\"status\":\"DOWN\"")
        .contains("The proxy of MDSO");
  }

  private static Map<String, String> settings(String mdso, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("mdso.url", mdso);
    settings.put("retry.attempts", "2");
    settings.put("observe.listen", "127.0.0.1:0");
    settings.put("tls.trust-everything-although-dangerous", "yes");
    settings.putAll(more);
    return settings;
  }

  private static Map<String, String> webex(String url, String proxy) {
    Map<String, String> settings = new HashMap<>();
    settings.put("webex.url", url);
    settings.put("webex.proxy", proxy);
    settings.put("alerts.channel", "webex");
    settings.put("alerts.group-wait", "50ms");
    settings.put("retry.attempts", "2");
    settings.put("observe.listen", "127.0.0.1:0");
    settings.put("tls.trust-everything-although-dangerous", "yes");
    return settings;
  }
}
