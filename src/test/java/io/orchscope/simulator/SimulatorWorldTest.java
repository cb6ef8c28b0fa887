package io.orchscope.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatorWorldTest {

  private static final SimulatorOptions OPTIONS =
      SimulatorOptions.defaults()
          .with(
              o -> {
                o.resources = 20_000;
                o.failureShare = 0.25;
                o.clock = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
              });

  private final Simulator simulator = Simulator.start(OPTIONS);
  private final Client client = Client.loggedIn(simulator);

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void isTheSameWorldForTheSameSeed() {
    try (Simulator twin = Simulator.start(OPTIONS)) {
      String list = "/resources?exactTypeId=charter.resourceTypes.DisconnectMapper&limit=50";

      String first = client.market(list).body();
      String second = Client.loggedIn(twin).market(list).body();

      assertThat(first).isEqualTo(second);
    }
  }

  @Test
  void isAnotherWorldForAnotherSeed() {
    try (Simulator other = Simulator.start(OPTIONS.with(o -> o.seed = 2))) {
      Set<String> ids = simulator.truths().map(Truth::resourceId).collect(Collectors.toSet());

      assertThat(other.truths().filter(truth -> ids.contains(truth.resourceId()))).isEmpty();
    }
  }

  @Test
  void usesEveryShapeOfErrorAndSomeThatNobodyKnows() {
    Set<Integer> shapes =
        simulator
            .truths()
            .filter(Truth::fails)
            .map(Truth::errorShape)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(shapes).containsExactlyElementsOf(IntStream.rangeClosed(0, 57).boxed().toList());
  }

  @Test
  void knowsEveryFateOfATrace() {
    Set<Truth.Trace> fates = simulator.truths().map(Truth::trace).collect(Collectors.toSet());

    assertThat(fates).isEqualTo(EnumSet.allOf(Truth.Trace.class));
    assertThat(simulator.truths().filter(Truth::fails)).allMatch(t -> !t.errors().isEmpty());
    assertThat(simulator.truths().filter(t -> !t.fails())).allMatch(t -> t.errors().isEmpty());
    assertThat(simulator.truths().filter(Truth::fails).count()).isBetween(4500L, 5500L);
  }

  @Test
  void findsATraceByItsOrigin() {
    Truth truth = failing(Truth.Trace.WHOLE, true);

    List<JsonNode> logs = client.traceLogs("q=properties.origination_id:" + truth.resourceId());

    assertThat(logs).isNotEmpty();
    assertThat(newest(logs)).contains(truth.errors().get(0));
  }

  @Test
  void findsATraceOfAParentByLabelNameAndDependenciesButNotByOrigin() {
    Truth truth = failing(Truth.Trace.WHOLE, false);

    List<JsonNode> byOrigin = client.traceLogs("q=properties.origination_id:" + truth.resourceId());
    List<JsonNode> byLabel =
        client.traceLogs("p=label:" + Client.encoded(truth.circuit() + ".orch_trace"));
    List<JsonNode> byName =
        client.traceLogs("q=properties.circuit_name:" + Client.encoded(truth.circuit()));
    List<JsonNode> byDependency =
        client.items(
            "/resources/"
                + truth.resourceId()
                + "/dependencies?resourceTypeId="
                + Client.TRACE_LOG);

    assertThat(byOrigin).isEmpty();
    assertThat(newest(byLabel)).contains(truth.errors().get(0));
    assertThat(byName).isEqualTo(byLabel);
    assertThat(byDependency).isEqualTo(byLabel);
  }

  @Test
  void hasNoTraceOfWhatIsLostButAReason() {
    Truth truth = failing(Truth.Trace.LOST, true);

    JsonNode resource = Client.json(client.market("/resources/" + truth.resourceId()));

    assertThat(client.traceLogs("q=properties.origination_id:" + truth.resourceId())).isEmpty();
    assertThat(truth.errors()).containsExactly(resource.path("reason").asText());
  }

  @Test
  void garblesSomeTraces() {
    Truth truth = failing(Truth.Trace.GARBLED, true);

    JsonNode log = client.traceLogs("q=properties.origination_id:" + truth.resourceId()).get(0);

    assertThat(log.path("properties").path("orchestration_trace").isArray()).isFalse();
  }

  @Test
  void matchesPartOfALabelWithAndWithoutStars() {
    String mappers = "/resources?resourceTypeId=charter.resourceTypes.PortActivation&";
    String tid = client.items(mappers + "limit=1").get(0).path("label").asText().substring(0, 11);

    assertThat(client.items(mappers + "p=label:" + tid)).hasSize(1);
    assertThat(client.items(mappers + "p=label:" + tid + "*")).hasSize(1);
    assertThat(client.items(mappers + "p=label:/*" + tid.substring(1) + "*")).hasSize(1);
    assertThat(client.items(mappers + "p=label:" + tid.substring(1) + "*")).isEmpty();
  }

  @Test
  void filtersByState() {
    String failed =
        "/resources?resourceTypeId=charter.resourceTypes.NetworkService&q=orchState:failed";

    List<JsonNode> items = client.items(failed + "&limit=10000");

    long expected =
        simulator.truths().filter(t -> t.product().equals("NetworkService") && t.fails()).count();
    assertThat(items)
        .hasSize((int) expected)
        .allMatch(item -> item.path("orchState").asText().equals("failed"));
  }

  @Test
  void lastsTwentyHoursUpToItsStart() {
    List<Instant> times = simulator.truths().map(Truth::createdAt).sorted().toList();

    assertThat(times.get(0)).isEqualTo("2026-02-28T16:00:00Z");
    assertThat(times.get(times.size() - 1)).isBefore("2026-03-01T11:30:00Z");
  }

  @Test
  void putsWhatIsWrittenByHandInPlace() {
    String id = simulator.truths().findFirst().orElseThrow().resourceId();
    ObjectNode resource = simulator.held(id).orElseThrow().put("label", "by hand");
    ObjectNode log = Wire.object().put("id", "log-1").put("label", "mine.orch_trace");
    log.putObject("properties").put("origination_id", id);

    simulator.put(resource);
    simulator.putTrace(log);

    assertThat(client.items("/resources?q=label:by%20hand")).hasSize(1);
    assertThat(client.traceLogs("q=properties.origination_id:" + id))
        .extracting(item -> item.path("id").asText())
        .contains("log-1");
    assertThat(simulator.truth(id)).isEmpty();
  }

  @Test
  void letsFailedResourcesArrive() {
    simulator.arrive(100);

    List<Truth> all = simulator.truths().toList();
    assertThat(all).hasSize(20_100);
    assertThat(all.subList(20_000, 20_100)).allMatch(Truth::fails);
    assertThat(client.market("/resources/" + all.get(20_099).resourceId()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void expectsTheUnreachablePartialEndOfADisconnectOnly() {
    Truth partial =
        simulator
            .truths()
            .filter(t -> t.product().equals("DisconnectMapper") && t.fails())
            .filter(t -> t.trace() == Truth.Trace.WHOLE)
            .filter(t -> t.errors().get(0).contains("Unreachable Live Device"))
            .findFirst()
            .orElseThrow();

    JsonNode properties = simulator.held(partial.resourceId()).orElseThrow().path("properties");

    assertThat(partial.errors()).hasSize(1);
    assertThat(properties.path("z_side_disconnect").asText()).isEqualTo("PARTIAL");
    assertThat(partial.errors().get(0)).contains(properties.path("z_side_endpoint").asText());
  }

  @Test
  void settlesWhatWasBeingActivated() {
    MovingClock clock = new MovingClock(Instant.parse("2026-03-01T12:00:00Z"));
    SimulatorOptions options =
        OPTIONS.with(
            o -> {
              o.clock = clock;
              o.resources = 1000;
              o.settleAfter = Duration.ofMinutes(5);
            });
    try (Simulator settling = Simulator.start(options)) {
      long failedBefore = settling.truths().filter(Truth::fails).count();

      clock.advance(Duration.ofMinutes(5));

      assertThat(settling.truths().filter(Truth::fails).count()).isGreaterThan(failedBefore);
      assertThat(settling.truths().map(Truth::orchState)).doesNotContain("activating");
    }
  }

  @Test
  void letsResourcesArriveAsTimePassesAndTokensEnd() {
    MovingClock clock = new MovingClock(Instant.parse("2026-03-01T12:00:00Z"));
    SimulatorOptions options =
        OPTIONS.with(
            o -> {
              o.clock = clock;
              o.resources = 100;
              o.arrivalsPerSecond = 0.5;
              o.tokenLifetime = Duration.ofSeconds(30);
            });
    try (Simulator busy = Simulator.start(options)) {
      Client caller = Client.loggedIn(busy);

      clock.advance(Duration.ofSeconds(29));
      int before = caller.market("/resources/count").statusCode();
      clock.advance(Duration.ofSeconds(1));
      int after = caller.market("/resources/count").statusCode();

      assertThat(List.of(before, after)).containsExactly(200, 401);
      assertThat(busy.truths()).hasSize(115);
    }
  }

  private Truth failing(Truth.Trace trace, boolean byOrigin) {
    return simulator
        .truths()
        .filter(truth -> truth.fails() && truth.trace() == trace)
        .filter(truth -> truth.findableByOrigin() == byOrigin)
        .findFirst()
        .orElseThrow();
  }

  private static String newest(List<JsonNode> logs) {
    JsonNode newest =
        logs.stream()
            .max(java.util.Comparator.comparing(l -> l.at("/properties/start_time_sec").asLong()))
            .orElseThrow();
    StringBuilder errors = new StringBuilder();
    newest
        .at("/properties/orchestration_trace")
        .forEach(entry -> errors.append(entry.path("categorized_error").asText()).append('\n'));
    return errors.toString();
  }
}
