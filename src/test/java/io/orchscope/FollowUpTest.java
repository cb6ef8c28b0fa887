package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.orchscope.defect.Examination;
import io.orchscope.defect.Outcome;
import io.orchscope.evidence.KeptLogs;
import io.orchscope.evidence.LogManifest;
import io.orchscope.evidence.StoredLogs;
import io.orchscope.ledger.DeploymentMarks;
import io.orchscope.ledger.ErrorTestFindings;
import io.orchscope.settings.Clocks;
import io.orchscope.simulator.Credentials;
import io.orchscope.simulator.PostedMessage;
import io.orchscope.simulator.Simulator;
import io.orchscope.trace.TraceEntry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is done for failed circuits after they were decided, by production wiring against simulated
 * hosts and devices.
 *
 * <pre>
 * mdso.circuit
 *   └─ … record-decision          owes a follow-up in the transaction that decides
 * follow-up                       of the same trace
 *   ├─ mdso.collect_plan_script ─ fetch-plan-logs, one for each host
 *   ├─ look-for-devices ───────── Beorn, network functions
 *   ├─ mdso.collect_ra_logs ───── fetch-ra-logs, one for each host
 *   ├─ read-logs
 *   └─ make-tests ─────────────── mdso.test_error
 * </pre>
 */
final class FollowUpTest {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @Test
  void keepsTheLogsOfParentAndChildrenOfBothEndsAndTheTrace() throws Exception {
    try (Simulator simulator = world(Map.of("products", "NetworkService", "resources", "12"));
        Running running = start(simulator, Map.of())) {
      running.poll("network_service");
      boolean done = running.assembly().awaitFollowUps(LIMIT);
      List<StoredLogs> logs = kept().all();

      assertThat(done).isTrue();
      assertThat(logs).hasSize((int) failed(running));
      for (StoredLogs circuit : logs) {
        LogManifest manifest = circuit.manifest();
        assertThat(manifest.status()).isEqualTo("complete");
        assertThat(kept().verify(circuit.folder())).isEmpty();
        assertThat(planLogs(manifest)).containsAll(namedByTheTrace(running, manifest));
        assertThat(manifest.artifacts())
            .extracting(LogManifest.Artifact::kind)
            .contains("plan", "topology");
        assertThat(manifest.decisive()).isPresent();
      }
      assertThat(logs)
          .filteredOn(
              it -> it.manifest().artifacts().stream().anyMatch(a -> a.kind().equals("trace")))
          .isNotEmpty();
      assertThat(logs).anySatisfy(it -> assertThat(devices(it.manifest())).hasSizeGreaterThan(1));
      assertThat(simulator.commands()).isEmpty();
    }
  }

  @Test
  void comesBackWhenAnOrchestrationThatWasRunningHasEnded() throws Exception {
    try (Simulator simulator = world(Map.of("resources", "1"));
        Running running = start(simulator, Map.of("follow-up.first-pause", "500ms"))) {
      String id = simulator.truths().findFirst().orElseThrow().resourceId();
      ObjectNode resource = simulator.held(id).orElseThrow();
      simulator.put(resource.deepCopy().put("orchState", "activating"));
      running.poll();
      running.assembly().awaitFollowUps(LIMIT);
      LogManifest before = kept().all().get(0).manifest();
      simulator.put(
          resource
              .deepCopy()
              .put("revision", resource.path("revision").asLong() + 1)
              .put("updatedAt", Instant.now().toString()));
      running.poll();

      assertThat(before.status()).isEqualTo("incomplete");
      assertThat(before.gaps())
          .extracting(LogManifest.Gap::reason)
          .containsExactly("still-running");
      assertThat(before.artifacts()).isNotEmpty();
      await().atMost(LIMIT).until(() -> kept().all().get(0).manifest().status().equals("complete"));
      assertThat(kept().all()).hasSize(1);
      assertThat(kept().all().get(0).manifest().gaps()).isEmpty();
    }
  }

  @Test
  void belongsToTheTraceOfItsCircuit() throws Exception {
    try (Simulator simulator = world(Map.of("resources", "4"));
        Running running = start(simulator, Map.of())) {
      running.pollAndSettle();
      running.assembly().awaitFollowUps(LIMIT);
      Set<String> circuits =
          running.spans().named("mdso.circuit").stream()
              .map(SpanData::getTraceId)
              .collect(Collectors.toSet());
      List<SpanData> followUps = running.spans().named("follow-up");

      assertThat(followUps).hasSize((int) failed(running));
      assertThat(circuits).containsAll(followUps.stream().map(SpanData::getTraceId).toList());
      assertThat(running.spans().named("mdso.collect_plan_script")).hasSameSizeAs(followUps);
      assertThat(running.spans().named("mdso.collect_ra_logs")).hasSameSizeAs(followUps);
      assertThat(running.spans().named("fetch-plan-logs")).hasSize(3 * followUps.size());
      assertThat(running.spans().orphans()).isEmpty();
    }
  }

  @Test
  void writesNoSecretOfALogAnywhere() throws Exception {
    try (Simulator simulator = world(Map.of("resources", "30"));
        Running running = start(simulator, Map.of())) {
      running.poll();
      running.assembly().awaitFollowUps(LIMIT);
      long masked =
          kept().all().stream()
              .flatMap(it -> it.manifest().artifacts().stream())
              .mapToLong(LogManifest.Artifact::masked)
              .sum();

      assertThat(masked).isPositive();
      for (byte[] file : running.files()) {
        assertThat(new String(file, StandardCharsets.ISO_8859_1))
            .doesNotContain(Credentials.MISSED_PASSWORD);
      }
    }
  }

  @Test
  void handsTheTokenOfItsLookUpsBack() throws Exception {
    try (Simulator simulator = world(Map.of("resources", "6"))) {
      try (Running running = start(simulator, Map.of())) {
        running.poll();
        running.assembly().awaitFollowUps(LIMIT);
      }

      assertThat(simulator.openTokens()).isZero();
    }
  }

  @Test
  void tellsInTheThreadOfTheAlertWhetherDevicesAnswer() throws Exception {
    Map<String, String> words =
        Map.of("resources", "40", "failures", "100%", "devices", "yes", "log-hosts", "0");
    try (Simulator simulator = world(words);
        Running running = start(simulator, withTests(simulator, "connectivity"))) {
      settle(running);
      Map<String, Long> outcomes = outcomes(running);
      List<String> told =
          simulator.messages().stream()
              .filter(message -> message.parentId().isPresent())
              .map(PostedMessage::markdown)
              .filter(text -> text.contains("Connection "))
              .toList();

      assertThat(outcomes).containsKeys("up", "down", "skipped");
      assertThat(told).isNotEmpty();
      assertThat(sections(told, "Connection UP") + sections(told, "Connection DOWN"))
          .isGreaterThanOrEqualTo(
              outcomes.getOrDefault("up", 0L) + outcomes.getOrDefault("down", 0L));
    }
  }

  @Test
  void tellsWhatDevicesSaidToACommit() throws Exception {
    Map<String, String> words = Map.of("resources", "60", "failures", "100%");
    try (Simulator simulator = world(words);
        Running running = start(simulator, withTests(simulator, "commit-errors"))) {
      settle(running);
      Map<String, Long> outcomes = outcomes(running);
      List<String> told =
          simulator.messages().stream()
              .filter(message -> message.parentId().isPresent())
              .map(PostedMessage::markdown)
              .toList();

      assertThat(outcomes).containsKeys("found", "none");
      assertThat(kept().all())
          .filteredOn(
              it ->
                  it.manifest().decisive().filter(r -> r.kind().equals("device-error")).isPresent())
          .isNotEmpty()
          .allSatisfy(
              it ->
                  assertThat(told)
                      .anyMatch(text -> text.contains(it.manifest().subject().circuit())));
    }
  }

  @Test
  void tellsOfErrorsThatAreNewSinceTheDeployment() throws Exception {
    try (Simulator simulator = world(Map.of("resources", "10", "log-hosts", "0"));
        Running running = start(simulator, withTests(simulator, "deployment-watch"))) {
      new DeploymentMarks(running.assembly().ledger())
          .mark(
              new DeploymentMarks.Mark(
                  "service_mapper", Instant.now().minusSeconds(60), "anna", "release 7"));
      settle(running);

      assertThat(outcomes(running)).containsOnlyKeys("new");
      assertThat(simulator.messages())
          .anyMatch(
              message ->
                  message.parentId().isPresent()
                      && message.markdown().contains("New since the deployment"));
    }
  }

  @Test
  void keepsToTheBoundWhenFiveHundredCircuitsAreTestedAtOnce() throws Exception {
    Map<String, String> words =
        Map.of("resources", "500", "failures", "100%", "devices", "yes", "log-hosts", "0");
    try (Simulator simulator = world(words)) {
      Map<String, String> settings = withTests(simulator, "connectivity");
      settings.put("error-tests.at-once", "3");
      settings.put("error-tests.longest", "2s");
      settings.put("follow-up.circuits-at-once", "40");
      try (Running running = start(simulator, settings)) {
        running.poll();
        running.assembly().awaitFollowUps(Duration.ofMinutes(5));
        long tested = outcomes(running).values().stream().mapToLong(Long::longValue).sum();

        System.out.printf(
            "500 failed circuits: %d tested, %d connections to devices, at most %d at a time (bound"
                + " 3 circuits)%n",
            tested,
            simulator.count("devices.connections"),
            simulator.count("devices.connections.most"));
        assertThat(tested).isEqualTo(failed(running));
        // A device notices a moment later that we have gone, and may see the next one by then.
        assertThat(simulator.count("devices.connections.most")).isBetween(1L, 6L);
      }
    }
  }

  private void settle(Running running) throws InterruptedException {
    running.pollAndSettle();
    running.assembly().awaitFollowUps(LIMIT);
    running.assembly().awaitAlerts(LIMIT);
  }

  private static long sections(List<String> told, String words) {
    return told.stream().mapToLong(text -> text.split(words, -1).length - 1).sum();
  }

  private Map<String, Long> outcomes(Running running) {
    ErrorTestFindings findings = new ErrorTestFindings(running.assembly().ledger());
    return running.decided().stream()
        .flatMap(it -> it.occurrences().stream())
        .flatMap(it -> findings.ofOccurrence(it.key()).stream())
        .collect(Collectors.groupingBy(it -> it.finding().outcome().word(), Collectors.counting()));
  }

  private static long failed(Running running) {
    return running.decided().stream()
        .filter(it -> it.outcome() != Outcome.HEALTHY)
        .map(Examination::evidence)
        .distinct()
        .count();
  }

  private static Set<String> planLogs(LogManifest manifest) {
    return manifest.artifacts().stream()
        .filter(log -> log.kind().equals("plan"))
        .map(log -> log.path().substring(log.path().lastIndexOf('/') + 1).replace(".gz", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> namedByTheTrace(Running running, LogManifest manifest) {
    return running.decided().stream()
        .filter(it -> it.evidence().filter(manifest.subject().evidence()::equals).isPresent())
        .flatMap(it -> it.search().newest().stream())
        .flatMap(trace -> trace.entries().stream())
        .map(TraceEntry::logFile)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> devices(LogManifest manifest) {
    return manifest.artifacts().stream()
        .flatMap(log -> log.device().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private KeptLogs kept() {
    return new KeptLogs(folder.resolve("host-logs"));
  }

  private static Simulator world(Map<String, String> words) {
    Map<String, String> options =
        new HashMap<>(Map.of("failures", "60%", "log-hosts", "3", "log-bytes", "500000"));
    options.putAll(words);
    return Running.world(options);
  }

  private Running start(Simulator simulator, Map<String, String> more) throws Exception {
    Map<String, String> settings = new HashMap<>();
    LogHostSettings.add(settings, simulator, folder.resolve("hosts"));
    settings.put("alerts.channel", "webex");
    settings.put("alerts.group-wait", "100ms");
    settings.put("logs.root", folder.resolve("host-logs").toString());
    settings.put("error-tests.file", folder.resolve("hosts/none.yaml").toString());
    settings.putAll(more);
    return Running.start(folder, simulator, settings, Clocks.ofThisMachine());
  }

  private Map<String, String> withTests(Simulator simulator, String kind) throws Exception {
    return LogHostSettings.addTests(new HashMap<>(), simulator, folder.resolve("hosts"), kind);
  }
}
