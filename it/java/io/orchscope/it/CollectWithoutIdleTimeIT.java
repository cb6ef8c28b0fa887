package io.orchscope.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchscope.LogHostSettings;
import io.orchscope.simulator.LogHostFaults;
import io.orchscope.simulator.LoggedRequest;
import io.orchscope.simulator.PostedMessage;
import io.orchscope.simulator.Simulator;
import io.orchscope.simulator.SimulatorOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long {@code collect} takes when one of two log hosts is down, and what it waits for. */
final class CollectWithoutIdleTimeIT {

  /** {@code -Dcollect.failures=2000} takes minutes. */
  private static final int FAILURES = Integer.getInteger("collect.failures", 150);

  private static final long LIMIT_SECONDS = Integer.getInteger("collect.limit", 300);

  @TempDir private Path folder;

  /**
   * Activity that the simulator saw of the program.
   *
   * @param last when it was last seen
   * @param longestPause the longest time between two signs of it
   */
  private record Activity(Instant last, Duration longestPause) {}

  @Test
  void endsWhenItsWorkIsDone() throws Exception {
    Path home = folder.resolve("home");
    try (Simulator simulator = Simulator.start(SimulatorOptions.parse(world()))) {
      Program program = program(simulator, home);
      simulator.setLogHostFaults(
          Map.of("loghost-1", LogHostFaults.none().with(draft -> draft.down = true)));
      Instant begun = Instant.now();
      Activity activity;
      Program.Ended ended;
      try (Program.Begun collect = program.begin(List.of("collect", "--json"))) {
        activity = watch(simulator, collect.process(), begun);
        ended = collect.end(LIMIT_SECONDS);
      }
      Instant end = Instant.now();

      assertThat(ended.exitCode()).as(ended.err()).isZero();
      Duration total = Duration.between(begun, end);
      Duration idle = Duration.between(activity.last(), end);
      JsonNode pending = new ObjectMapper().readTree(ended.out()).path("pending");
      long kinds = number(home, "select count(*) from failure_group");
      System.out.printf(
          "collect of %d failures of %d kinds, one of two log hosts down: %.1f s, %.1f s of them"
              + " after the last request, longest pause between requests %.1f s; pending %s%n",
          FAILURES,
          kinds,
          total.toMillis() / 1000.0,
          idle.toMillis() / 1000.0,
          activity.longestPause().toMillis() / 1000.0,
          pending);
      assertThat(kinds).isGreaterThan(20);
      assertThat(number(home, "select count(*) from follow_up where tries > 1")).isZero();
      assertThat(idle).isLessThan(Duration.ofSeconds(5).plus(total.dividedBy(20)));
      assertThat(activity.longestPause()).isLessThan(Duration.ofSeconds(20));
      assertThat(pending.path("alerts").asLong()).isZero();
      assertThat(pending.path("follow_ups_due").asLong()).isZero();
      assertThat(pending.path("follow_ups_elsewhere").asLong()).isZero();
      // Each failure misses the logs of the host that is down, and is due again later.
      assertThat(pending.path("follow_ups_later").asLong()).isPositive();
      assertThat(pending.path("missing").asText()).contains("loghost-1");
      assertThat(ended.err() + program.logFiles())
          .contains("Waiting for ", "Work is left to the next process.");
      List<PostedMessage> told = simulator.messages();
      assertThat(LedgerAudit.of(home, told).untold()).isZero();
    }
  }

  /** Watches a process to its end: its HTTP requests, and what log hosts count. */
  private static Activity watch(Simulator simulator, Process process, Instant begun)
      throws InterruptedException {
    Instant limit = begun.plusSeconds(LIMIT_SECONDS);
    Instant last = Instant.MAX;
    Duration longest = Duration.ZERO;
    Map<String, Long> before = Map.of();
    boolean ended = false;
    while (!ended && Instant.now().isBefore(limit)) {
      ended = process.waitFor(50, TimeUnit.MILLISECONDS);
      Map<String, Long> now = new HashMap<>(simulator.counters());
      if (!now.equals(before)) {
        before = now;
        List<LoggedRequest> requests = simulator.requests();
        Instant seen = requests.isEmpty() ? begun : Instant.now();
        longest = last.isBefore(seen) ? max(longest, Duration.between(last, seen)) : longest;
        last = seen;
      }
    }
    return new Activity(last, longest);
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static long number(Path home, String query) throws Exception {
    try (Connection connection = DriverManager.getConnection(LedgerAudit.url(home))) {
      return LedgerAudit.number(connection, query);
    }
  }

  private Program program(Simulator simulator, Path home) throws Exception {
    Map<String, String> settings =
        LogHostSettings.add(GivenSettings.of(simulator), simulator, folder.resolve("hosts"));
    // Due again while first tries last, as with 2,000 failures and the pause as shipped.
    settings.put("follow-up.first-pause", "2s");
    settings.put("logs.leave-host-alone", "30s");
    return Program.in(home, settings);
  }

  private static Map<String, String> world() {
    return Map.of(
        "seed", "5",
        "products", "ServiceMapper,NetworkService",
        "resources", String.valueOf(FAILURES),
        "failures", "100%",
        "requests-kept", "100",
        "log-hosts", "2",
        "log-bytes", String.valueOf(Math.max(2_000_000L, FAILURES * 10_000L)));
  }
}
