package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.orchscope.kafka.Broker;
import io.orchscope.mdso.PollSummary;
import io.orchscope.simulator.Simulator;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Circuits that go through Kafka, in two applications that share ledger and evidence. */
final class SharedQueueTest {

  private static final String TOPIC = "circuits";

  @TempDir private Path folder;
  @TempDir private Path kafka;

  // poller:  poll-now … send circuits          T0
  // worker:  mdso.circuit  linked to it        T1, one for each circuit
  @Test
  void worksOnCircuitsThatAnotherProcessHasQueued() throws Exception {
    try (Broker broker = Broker.start(kafka);
        Simulator simulator = Running.world(Map.of("resources", "60"));
        Running worker = Running.start(folder.resolve("w"), simulator, shared(broker, "yes"));
        Running poller = Running.start(folder.resolve("p"), simulator, shared(broker, "no"))) {

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
      assertThat(worker.spans().orphans()).isEmpty();
      assertThat(poller.spans().orphans()).isEmpty();
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

  private Map<String, String> shared(Broker broker, String workHere) {
    Map<String, String> settings = new HashMap<>();
    settings.put("circuits.queue", "kafka:" + TOPIC + "?brokers=" + broker.address());
    settings.put("circuits.work-here", workHere);
    settings.put("circuits.at-once", "4");
    settings.put("ledger.file", folder.resolve("ledger.db").toString());
    settings.put("evidence.root", folder.resolve("evidence").toString());
    settings.put("telemetry.orchestrations", "off");
    return settings;
  }
}
