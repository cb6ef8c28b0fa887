package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchscope.defect.Outcome;
import io.orchscope.settings.Clocks;
import io.orchscope.simulator.LoggedRequest;
import io.orchscope.simulator.PostedMessage;
import io.orchscope.simulator.Simulator;
import io.orchscope.simulator.SimulatorOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a room gets when very many circuits fail at once, in minutes that take a second. */
final class CrowdedRoomTest {

  private static final int OF_ONE_KIND = 500;
  private static final int OTHERS = 60;
  private static final int MESSAGES_PER_MINUTE = 6;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir private Path folder;
  private final HurriedClock clock = new HurriedClock(60);

  @Test
  void leadsToAllCircuitsFromOneThreadAndDoesNotFloodTheRoom() throws Exception {
    Map<String, String> words =
        Map.of(
            "products", "PortActivation",
            "resources", "1",
            "failures", "0",
            "webex-too-many-every", "4",
            "webex-retry-after", "2");
    Map<String, String> settings =
        Map.of("alerts.channel", "webex", "alerts.messages-per-minute", "" + MESSAGES_PER_MINUTE);
    SimulatorOptions options = SimulatorOptions.parse(words).with(draft -> draft.clock = clock);
    try (Simulator simulator = Simulator.start(options);
        Running running = Running.start(folder, simulator, settings, Clocks.both(clock))) {
      IntStream.range(0, OF_ONE_KIND)
          .forEach(i -> fail(simulator, i, "No Port Resource found for this port"));
      IntStream.range(OF_ONE_KIND, OF_ONE_KIND + OTHERS)
          .forEach(i -> fail(simulator, i, "no answer from the " + inLetters(i)));

      long failed = running.poll("port_activation").of(Outcome.DEFECTIVE);
      await().atMost(LIMIT).until(() -> running.told() == failed);

      List<PostedMessage> messages = simulator.messages();
      PostedMessage head =
          messages.stream()
              .filter(message -> message.parentId().isEmpty())
              .max(Comparator.comparingLong(CrowdedRoomTest::ofOneKind))
              .orElseThrow();
      List<PostedMessage> thread =
          messages.stream()
              .filter(each -> each == head || each.parentId().filter(head.id()::equals).isPresent())
              .toList();
      long reachable =
          IntStream.range(0, OF_ONE_KIND)
              .filter(i -> thread.stream().anyMatch(each -> each.body().contains(label(i))))
              .count();
      System.out.printf(
          "500 circuits of one kind and %d other failures: %d of %d reachable from one thread of %d"
              + " messages; %d messages in all, at most %d in a minute (bound %d); refusals %d,"
              + " requests before their time %d%n",
          OTHERS,
          reachable,
          OF_ONE_KIND,
          thread.size(),
          messages.size(),
          most(messages),
          MESSAGES_PER_MINUTE,
          refusals(running).size(),
          early(running));
      assertThat(failed).isEqualTo(OF_ONE_KIND + OTHERS);
      assertThat(reachable).isEqualTo(OF_ONE_KIND);
      assertThat(most(messages)).isLessThanOrEqualTo(MESSAGES_PER_MINUTE);
      assertThat(refusals(running)).hasSizeGreaterThan(1);
      assertThat(early(running)).isZero();
      assertThat(running.deadLetters()).isZero();
    }
  }

  private void fail(Simulator simulator, int number, String error) {
    ObjectNode resource = new ObjectMapper().createObjectNode();
    resource.put("id", "0a1b2c3d-0000-11ee-9000-%012d".formatted(number));
    resource.put("label", label(number));
    resource.put("resourceTypeId", "charter.resourceTypes.PortActivation");
    resource.put("orchState", "failed").put("desiredOrchState", "active");
    resource.put("reason", error);
    String now = clock.instant().toString();
    resource.put("createdAt", now).put("updatedAt", now).put("revision", 1);
    ObjectNode properties = resource.putObject("properties");
    properties.put("deviceName", "TEST%04dCW.EXAMPLE.COM".formatted(number));
    properties.put("deviceIP", "192.0.2.20").put("portname", "GE-0/0/8");
    simulator.put(resource);
  }

  /** How many circuits of the one kind a message tells. */
  private static long ofOneKind(PostedMessage message) {
    return IntStream.range(0, OF_ONE_KIND).filter(i -> message.body().contains(label(i))).count();
  }

  private static String label(int number) {
    return "TEST%04dCW_GE-0/0/8".formatted(number);
  }

  /** Numbers are masked where errors are compared. */
  private static String inLetters(int number) {
    StringBuilder letters = new StringBuilder();
    for (char digit : String.valueOf(number).toCharArray()) {
      letters.append((char) (digit - '0' + 'a')).append("lpha");
    }
    return letters.toString();
  }

  private static long most(List<PostedMessage> messages) {
    return messages.stream()
        .mapToLong(
            first ->
                messages.stream()
                    .filter(each -> !each.created().isBefore(first.created()))
                    .filter(
                        each ->
                            each.created().isBefore(first.created().plus(Duration.ofMinutes(1))))
                    .count())
        .max()
        .orElse(0);
  }

  private static List<LoggedRequest> refusals(Running running) {
    return running.requests("POST", "/messages").stream()
        .filter(request -> request.status() == 429)
        .toList();
  }

  private static long early(Running running) {
    return refusals(running).stream()
        .map(LoggedRequest::time)
        .mapToLong(
            refused -> {
              Instant until = refused.plus(RETRY_AFTER);
              return running.requests("POST", "/messages").stream()
                  .filter(each -> each.time().isAfter(refused) && each.time().isBefore(until))
                  .count();
            })
        .sum();
  }
}
