package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.defect.Outcome;
import io.orchscope.mdso.PollSummary;
import io.orchscope.simulator.LoggedRequest;
import io.orchscope.simulator.PostedMessage;
import io.orchscope.simulator.Simulator;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of alerts when Webex is busy, broken or refuses a room. */
final class WebexTest {

  @TempDir private Path folder;

  @Test
  void sendsEveryAlertOnceAndNoneBeforeWebexWantsToHearFromUs() throws Exception {
    Map<String, String> words = new HashMap<>(Map.of("resources", "5", "failures", "100%"));
    words.put("webex-too-many-every", "3");
    words.put("webex-retry-after", "1");
    try (Simulator simulator = Running.world(words);
        Running running = Running.start(folder, simulator, Map.of("alerts.channel", "webex"))) {

      PollSummary poll = running.pollAndSettle();

      List<LoggedRequest> posts = running.requests("POST", "/messages");
      assertThat(poll.of(Outcome.DEFECTIVE)).isEqualTo(5);
      assertThat(simulator.messages()).hasSize(5);
      assertThat(running.deadLetters()).isZero();
      List<LoggedRequest> refusals = posts.stream().filter(post -> post.status() == 429).toList();
      assertThat(refusals).isNotEmpty();
      for (LoggedRequest refusal : refusals) {
        Instant quietFrom = refusal.time();
        Instant quietUntil = refusal.time().plusSeconds(1);
        assertThat(posts)
            .noneMatch(post -> post.time().isAfter(quietFrom) && post.time().isBefore(quietUntil));
      }
    }
  }

  @Test
  void sendsNoAlertASecondTime() throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "4", "failures", "100%"));
        Running running = Running.start(folder, simulator, Map.of("alerts.channel", "webex"))) {
      running.pollAndSettle();

      simulator.arrive(1);
      running.pollAndSettle();

      assertThat(simulator.messages()).hasSizeBetween(4, 5);
      assertThat(simulator.messages())
          .extracting(message -> message.markdown())
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void putsTheFirstMessageOfAGroupAnewWhenMoreCircuitsFail() throws Exception {
    Map<String, String> settings = new HashMap<>(Map.of("alerts.channel", "webex"));
    settings.put("alerts.group-interval", "100ms");
    try (Simulator simulator = Running.world(Map.of("resources", "40", "failures", "100%"));
        Running running = Running.start(folder, simulator, settings)) {
      running.pollAndSettle();
      simulator.arrive(40);
      running.pollAndSettle();

      List<PostedMessage> edited =
          simulator.messages().stream().filter(message -> message.edits() > 0).toList();
      assertThat(edited).isNotEmpty();
      assertThat(edited)
          .allSatisfy(
              message -> {
                assertThat(message.markdown()).contains("**Now ongoing**: ");
                assertThat(running.requests("PUT", "/messages/" + message.id()))
                    .extracting(LoggedRequest::status)
                    .containsOnly(200);
                assertThat(simulator.messages())
                    .anyMatch(reply -> reply.parentId().equals(Optional.of(message.id())));
              });
      int edits = edited.stream().mapToInt(PostedMessage::edits).sum();
      assertThat(running.spans().named("edit-in-webex")).hasSize(edits);
      assertThat(running.spans().named("PUT /v1/messages/{id}")).hasSize(edits);
      assertThat(running.deadLetters()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"400", "403", "404"})
  void keepsAnAlertThatItsRoomRefusesAndSendsThoseOfOtherRooms(String status) throws Exception {
    Map<String, String> words = new HashMap<>(Map.of("resources", "8", "failures", "100%"));
    words.put("products", "ServiceMapper,cpeActivator");
    words.put("webex-status.sim-room-service-mapper", status);
    try (Simulator simulator = Running.world(words);
        Running running = Running.start(folder, simulator, Map.of("alerts.channel", "webex"))) {

      PollSummary refused = running.pollAndSettle();
      running.poll("cpe_activator");
      running.assembly().awaitAlerts(Duration.ofMinutes(2));

      long tried =
          running.requests("POST", "/messages").stream()
              .filter(post -> post.status() == Integer.parseInt(status))
              .count();
      System.out.printf(
          "F10 HTTP %s for one room: dead letters %d of %d failures, tried once each; messages of the"
              + " other room %d%n",
          status,
          running.deadLetters(),
          refused.of(Outcome.DEFECTIVE),
          simulator.messages().size());
      assertThat(refused.isBalanced()).isTrue();
      assertThat(tried).isEqualTo(refused.of(Outcome.DEFECTIVE)).isPositive();
      assertThat(running.deadLetters()).isEqualTo(tried);
      assertThat(simulator.messages())
          .isNotEmpty()
          .allMatch(message -> message.roomId().equals("sim-room-activation"));
      assertThat(running.log().lines())
          .anyMatch(
              line ->
                  line.startsWith("ERROR A message could not be sent")
                      && line.contains("HTTP " + status + " from")
                      && line.contains("room=sim-room-service-mapper"));
      assertThat(running.spans().named("keep-dead-letter"))
          .hasSize((int) tried)
          .allSatisfy(
              span ->
                  assertThat(span.getEvents())
                      .extracting(event -> event.getName())
                      .containsExactly("alert_failed"));
    }
  }
}
