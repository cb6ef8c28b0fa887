package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.simulator.PostedMessage;
import io.orchscope.simulator.Simulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a room is told of circuits about which nothing can be said. */
final class BlindSpotTest {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @Test
  void tellsOnceOfCircuitsThatCouldNotBeExaminedAndWhenTheyCanBeAgain() throws Exception {
    String[] broken = {""};
    try (Simulator simulator = Running.world(Map.of("resources", "12", "failures", "0"))) {
      simulator.truths().limit(1).forEach(truth -> broken[0] = truth.resourceId());
      try (Interposed mdso = breaking(simulator, broken);
          Running running = start(simulator, mdso)) {
        List<PostedMessage> first = pollAndTell(running);
        List<PostedMessage> second = pollAndTell(running);
        broken[0] = "nothing";
        List<PostedMessage> third = pollAndTell(running);
        List<PostedMessage> fourth = pollAndTell(running);

        assertThat(first)
            .singleElement()
            .satisfies(
                message -> {
                  assertThat(message.markdown())
                      .startsWith("**1 circuit of `service_mapper` could not be examined**")
                      .contains("HTTP 500 from", "Showing 1 of 1 circuits")
                      .contains("orchscope dead-letters list");
                  assertThat(message.files()).containsExactly("not-examined.csv");
                  assertThat(message.roomId()).isEqualTo("sim-room-service-mapper");
                });
        assertThat(second).isEqualTo(first);
        assertThat(third).hasSize(2);
        assertThat(third.get(1).markdown())
            .isEqualTo("Every circuit of `service_mapper` could be examined again.");
        assertThat(third.get(1).parentId()).contains(first.get(0).id());
        assertThat(fourth).isEqualTo(third);
      }
    }
  }

  @Test
  void saysNothingOfSingleCircuitsWhileMdsoIsInTrouble() throws Exception {
    String[] broken = {"origination_id"};
    try (Simulator simulator = Running.world(Map.of("resources", "12", "failures", "0"));
        Interposed mdso = breaking(simulator, broken);
        Running running = start(simulator, mdso)) {
      List<PostedMessage> meanwhile = pollAndTell(running);
      broken[0] = "nothing";
      List<PostedMessage> after = pollAndTell(running);

      assertThat(running.log().lines())
          .anyMatch(line -> line.contains("nobody is told while MDSO is in trouble"));
      assertThat(meanwhile).isEmpty();
      assertThat(after).isEmpty();
    }
  }

  private static Interposed breaking(Simulator simulator, String[] broken) throws Exception {
    return Interposed.before(
        simulator.mdsoUrl(),
        asked ->
            asked.query().contains(broken[0]) || handsBack(asked, broken[0])
                ? Optional.of(Interposed.Answer.of(500))
                : Optional.empty());
  }

  /** The last call of a poll, which would say that MDSO is well again. */
  private static boolean handsBack(Interposed.Asked asked, String broken) {
    return asked.method().equals("DELETE") && broken.equals("origination_id");
  }

  private Running start(Simulator simulator, Interposed mdso) throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put("mdso.url", mdso.url());
    settings.put("alerts.channel", "webex");
    return Running.start(folder, simulator, settings);
  }

  private static List<PostedMessage> pollAndTell(Running running) throws Exception {
    running.poll();
    running.assembly().awaitAlerts(LIMIT);
    return running.simulator().messages();
  }
}
