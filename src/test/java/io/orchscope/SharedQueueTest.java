package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.orchscope.kafka.Broker;
import io.orchscope.mdso.PollSummary;
import io.orchscope.postgres.DatabaseServer;
import io.orchscope.simulator.Simulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Circuits that go through Kafka, in two applications that share ledger and evidence. */
final class SharedQueueTest {

  private static final String TOPIC = "circuits";
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** Less than Kafka's own time-outs and than {@code poll.circuits-limit} of a test. */
  private static final Duration OTHERWISE = Duration.ofSeconds(90);

  @TempDir private Path folder;
  @TempDir private Path kafka;
  @TempDir private Path postgres;

  // poller:  poll-now … send circuits          T0
  // worker:  mdso.circuit  linked to it        T1, one for each circuit
  @Test
  void worksOnCircuitsThatAnotherProcessHasQueued() throws Exception {
    try (Broker broker = Broker.start(kafka);
        DatabaseServer database = DatabaseServer.start(postgres)) {
      worksOnThemInTwoProcesses(broker, database.newDatabase());
    }
  }

  private void worksOnThemInTwoProcesses(Broker broker, String url) throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "60"));
        Running worker =
            Running.start(folder.resolve("w"), simulator, onServer(url, shared(broker, "yes")));
        Running poller =
            Running.start(folder.resolve("p"), simulator, onServer(url, shared(broker, "no")))) {

      PollSummary summary = poller.pollAndSettle();
      List<SpanData> circuits = worker.spans().named("mdso.circuit");

      assertThat(summary.equation()).startsWith("listed 60 = unchanged 0 + healthy ");
      assertThat(summary.isBalanced()).isTrue();
      assertThat(summary.incomplete()).isFalse();
      assertThat(worker.decided()).hasSize(60);
      assertThat(poller.decided()).isEmpty();
      assertThat(circuits).hasSize(60);
      String pollTrace = poller.spans().named("poll-now").get(0).getTraceId();
      assertThat(circuits)
          .allSatisfy(
              circuit -> {
                assertThat(circuit.getParentSpanContext().isValid()).isFalse();
                assertThat(circuit.getLinks()).hasSize(1);
                assertThat(circuit.getLinks().get(0).getSpanContext().getTraceId())
                    .isEqualTo(pollTrace);
              });
      assertThat(circuits).extracting(SpanData::getTraceId).doesNotHaveDuplicates();
      // Either of them may send the message of a circuit.
      assertThat(worker.spans().orphansBeside(poller.spans())).isEmpty();
      assertThat(poller.spans().orphansBeside(worker.spans())).isEmpty();
      assertThat(poller.spans().traces().get(pollTrace)).hasSizeLessThan(200);
      assertThat(worker.surroundings())
          .allSatisfy(
              around ->
                  assertThat(around.baggage().getEntryValue("poll.id"))
                      .isEqualTo(summary.pollId()));
      assertThat(broker.records(TOPIC))
          .hasSize(60)
          .allSatisfy(
              record -> {
                assertThat(record.headers())
                    .containsOnlyKeys("poll-id", "resource-id", "traceparent", "baggage");
                assertThat(record.key()).isEqualTo(record.headers().get("resource-id"));
              });
    }
  }

  @Test
  void leavesTheCircuitsOfAProcessThatEndsToAnother() throws Exception {
    Map<String, String> world = Map.of("resources", "60", "latency", "50ms");
    try (Broker broker = Broker.start(kafka);
        Simulator simulator = Running.world(world);
        Running stays = Running.start(folder.resolve("s"), simulator, shared(broker, "yes"));
        Running poller = Running.start(folder.resolve("p"), simulator, shared(broker, "no"))) {
      Running goes = Running.start(folder.resolve("g"), simulator, shared(broker, "yes"));
      await().atMost(LIMIT).until(() -> broker.readers("orchscope") == 8);
      poller.beginPoll("service_mapper");
      await().atMost(LIMIT).until(() -> !goes.decided().isEmpty());
      goes.close();

      PollSummary summary = poller.awaitPoll(1);

      assertThat(summary.equation()).startsWith("listed 60 = unchanged 0 + healthy ");
      assertThat(summary.incomplete()).isFalse();
      assertThat(goes.decided()).isNotEmpty().hasSizeLessThan(60);
      assertThat(stays.decided()).isNotEmpty();
      assertThat(Stream.concat(goes.decided().stream(), stays.decided().stream()))
          .extracting(examination -> examination.resource().id())
          .doesNotHaveDuplicates()
          .hasSize(60);
      assertThat(goes.spans().orphansBeside(stays.spans())).isEmpty();
      stays.close();
      poller.close();
      assertThat(simulator.counters().get("mdso.tokens.deleted"))
          .isEqualTo(simulator.counters().get("mdso.tokens.created"));
    }
  }

  @Test
  void endsAPollWhoseCircuitsCanNotBeQueued() throws Exception {
    Broker broker = Broker.start(kafka);
    Map<String, String> world = Map.of("resources", "60", "latency", "30ms");
    try (Simulator simulator = Running.world(world);
        Running poller =
            Running.start(
                folder.resolve("p"),
                simulator,
                shared(
                    broker,
                    "&requestTimeoutMs=500&deliveryTimeoutMs=1000&maxBlockMs=1000",
                    "no",
                    Map.of("poll.circuits-limit", "3s")))) {
      broker.close();

      PollSummary summary = poller.poll();

      assertThat(summary.incomplete()).isTrue();
      assertThat(poller.log().events())
          .extracting(ILoggingEvent::getFormattedMessage)
          .anySatisfy(
              line ->
                  assertThat(line)
                      .startsWith("A poll failed; the next one starts over.")
                      .contains("reason=timeout explanation=Kafka: TimeoutException: "));
      assertThat(summary.took()).isLessThan(OTHERWISE);
    }
  }

  @Test
  void doesNotWaitForOtherProcessesWhenItIsToldToEnd() throws Exception {
    try (Broker broker = Broker.start(kafka);
        Simulator simulator = Running.world(Map.of("resources", "10"))) {
      Running poller = Running.start(folder.resolve("p"), simulator, shared(broker, "no"));
      poller.beginPoll("service_mapper");
      await().atMost(LIMIT).until(() -> broker.records(TOPIC).size() == 10);
      long begun = System.nanoTime();

      poller.close();

      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(OTHERWISE);
      assertThat(poller.awaitPoll(1).incomplete()).isTrue();
      assertThat(simulator.counters().get("mdso.tokens.deleted"))
          .isEqualTo(simulator.counters().get("mdso.tokens.created"));
    }
  }

  private static Map<String, String> onServer(String url, Map<String, String> settings) {
    settings.put("ledger.url", url);
    settings.put("ledger.username", "postgres");
    settings.put("ledger.password", "postgres");
    return settings;
  }

  private Map<String, String> shared(Broker broker, String workHere) {
    return shared(broker, "", workHere, Map.of());
  }

  private Map<String, String> shared(
      Broker broker, String options, String workHere, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("circuits.queue", "kafka:" + TOPIC + "?brokers=" + broker.address() + options);
    settings.put("circuits.work-here", workHere);
    settings.put("circuits.at-once", "4");
    settings.put("ledger.file", folder.resolve("ledger.db").toString());
    settings.put("evidence.root", folder.resolve("evidence").toString());
    settings.put("telemetry.orchestrations", "off");
    settings.putAll(more);
    return settings;
  }
}
