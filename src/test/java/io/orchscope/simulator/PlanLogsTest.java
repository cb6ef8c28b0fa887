package io.orchscope.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What plan scripts leave behind on MDSO's hosts. */
class PlanLogsTest {

  private static final SimulatorOptions OPTIONS =
      SimulatorOptions.defaults()
          .with(
              o -> {
                o.resources = 300;
                o.failureShare = 0.5;
                o.logHosts = 3;
                o.logBytes = 0;
                o.clock = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
              });

  private final Simulator simulator = Simulator.start(OPTIONS);
  private final Client client = Client.loggedIn(simulator);
  private HostsOfLogs hosts;

  @BeforeEach
  void connect() throws IOException {
    hosts = new HostsOfLogs(simulator);
  }

  @AfterEach
  void close() {
    hosts.close();
    simulator.close();
  }

  @Test
  void areTheSameBytesForTheSameSeed() throws IOException {
    try (Simulator twin = Simulator.start(OPTIONS);
        HostsOfLogs twins = new HostsOfLogs(twin)) {
      List<HostsOfLogs.Found> all = hosts.all();
      List<HostsOfLogs.Found> others = twins.all();

      assertThat(others).hasToString(all.toString());
      for (int file = 0; file < all.size(); file += 7) {
        assertThat(twins.bytes(others.get(file))).isEqualTo(hosts.bytes(all.get(file)));
      }
    }
  }

  @Test
  void areOnOneHostEachAndTellTheErrorOfEveryTraceEntry() {
    Map<String, List<HostsOfLogs.Found>> files =
        hosts.all().stream().collect(Collectors.groupingBy(HostsOfLogs.Found::name));
    int failures = 0;

    for (ObjectNode log : traceLogs()) {
      boolean newest = isNewest(log);
      for (JsonNode entry : log.at("/properties/orchestration_trace")) {
        String name = entry.path("log_file").asText() + (newest ? "" : ".gz");
        List<HostsOfLogs.Found> found = files.getOrDefault(name, List.of());
        assertThat(found).as(name).hasSize(1);
        if (entry.path("state").asText().equals("FAILED")) {
          assertThat(hosts.text(found.get(0)))
              .contains(entry.path("message").asText())
              .contains(entry.path("categorized_error").asText());
          failures++;
        }
      }
    }

    assertThat(failures).isGreaterThan(150);
  }

  @Test
  void endWhenTheTraceSaysSo() {
    Map<String, Long> ends = new HashMap<>();
    for (ObjectNode log : traceLogs()) {
      long start = log.at("/properties/start_time_sec").asLong();
      String suffix = isNewest(log) ? "" : ".gz";
      for (JsonNode entry : log.at("/properties/orchestration_trace")) {
        ends.merge(
            entry.path("log_file").asText() + suffix,
            start + entry.path("elapsed_time").asLong(),
            Math::max);
      }
    }

    Map<String, Long> times = new TreeMap<>();
    for (HostsOfLogs.Found file : hosts.all()) {
      if (ends.containsKey(file.name())) {
        times.put(file.name(), file.attributes().getModifyTime().toInstant().getEpochSecond());
      }
    }
    assertThat(times).isEqualTo(new TreeMap<>(ends));
  }

  @Test
  void mentionSomeCircuitsWithoutBeingNamedByTheirTrace() {
    Set<String> named = new HashSet<>();
    for (ObjectNode log : traceLogs()) {
      log.at("/properties/orchestration_trace")
          .forEach(entry -> named.add(entry.path("log_file").asText()));
    }
    List<String> owners = traceLogs().stream().map(PlanLogsTest::origin).distinct().toList();

    List<String> unnamed = new ArrayList<>();
    for (HostsOfLogs.Found file : hosts.all()) {
      if (file.name().startsWith("plan-script") && !file.name().endsWith(".gz")) {
        String text = named.contains(file.name()) ? "" : hosts.text(file);
        owners.stream().filter(text::contains).forEach(unnamed::add);
      }
    }

    assertThat(unnamed.size()).isBetween(owners.size() / 20, owners.size() / 5);
  }

  @Test
  void sayWhatAScriptDidFromItsParametersToItsTime() {
    Truth truth = failing("NetworkService");
    HostsOfLogs.Found file =
        hosts.all().stream()
            .filter(found -> found.name().startsWith("plan-script-" + truth.resourceId()))
            .filter(found -> !found.name().endsWith(".gz"))
            .findFirst()
            .orElseThrow();

    String text = hosts.text(file);

    assertThat(text)
        .contains("Input params: {\"uri\"", "\"traceId\":\"", "\"logFile\":\"" + file.name())
        .contains("Starting execution for scripts.networkService.networkService.Activate")
        .contains("# STARTING PROCESSING #", "# FINISHED PROCESSING #")
        .contains("\"circuit_id\": \"" + truth.circuit() + "\"")
        .contains("Error in scripts.networkService.networkService.Activate, ")
        .containsPattern("Completing execution for scripts\\S+, elapsed time: \\d+ secs\n")
        .hasSize((int) file.attributes().getSize());
  }

  @Test
  void areLongerWhereTracesAre() throws IOException {
    SimulatorOptions longer =
        OPTIONS.with(
            o -> {
              o.traceEntries = 600;
              o.resources = 20;
            });
    try (Simulator talkative = Simulator.start(longer);
        HostsOfLogs others = new HostsOfLogs(talkative)) {
      long longest =
          others.all().stream()
              .filter(file -> file.name().endsWith("Z") && file.path().contains("0000-11ee-"))
              .mapToLong(file -> others.text(file).lines().filter(l -> l.contains("POST ")).count())
              .max()
              .orElseThrow();

      assertThat(longest).isBetween(270L, 310L);
    }
  }

  @Test
  void showAPasswordNowAndThen() {
    List<HostsOfLogs.Found> all = hosts.all();

    long showing =
        all.stream()
            .limit(200)
            .filter(file -> hosts.text(file).contains(Credentials.MISSED_PASSWORD))
            .count();

    assertThat(showing).isBetween(50L, 150L);
  }

  @Test
  void areThereForWhatHasArrivedSince() {
    int before = hosts.all().size();

    simulator.arrive(3);

    List<String> arrived =
        simulator
            .truths()
            .skip(300)
            .filter(Truth::findableByOrigin)
            .map(truth -> "plan-script-" + truth.resourceId())
            .toList();
    List<HostsOfLogs.Found> now = hosts.all();
    assertThat(now).hasSizeGreaterThan(before + 9);
    for (String script : arrived) {
      assertThat(now).filteredOn(file -> file.name().startsWith(script)).hasSize(1);
    }
  }

  private Truth failing(String product) {
    return simulator
        .truths()
        .filter(truth -> truth.product().equals(product) && truth.fails())
        .filter(truth -> truth.trace() == Truth.Trace.WHOLE)
        .findFirst()
        .orElseThrow();
  }

  private List<ObjectNode> traceLogs() {
    List<ObjectNode> logs = new ArrayList<>();
    for (JsonNode log :
        client.items("/resources?resourceTypeId=" + Client.TRACE_LOG + "&limit=10000")) {
      logs.add((ObjectNode) log);
    }
    return logs;
  }

  private boolean isNewest(ObjectNode log) {
    long start = log.at("/properties/start_time_sec").asLong();
    return client.traceLogs("q=properties.origination_id:" + origin(log)).stream()
        .allMatch(other -> other.at("/properties/start_time_sec").asLong() <= start);
  }

  private static String origin(ObjectNode log) {
    return log.at("/properties/origination_id").asText();
  }
}
