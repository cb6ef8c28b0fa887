package io.orchscope.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.simulator.Simulator;
import io.orchscope.simulator.SimulatorOptions;
import io.orchscope.simulator.Truth;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed at any moment loses nothing, and says next to nothing twice. */
final class CrashIT {

  /** {@code -Dcrash.runs=100 -Dcrash.circuits=300} take a quarter of an hour. */
  private static final int RUNS = Integer.getInteger("crash.runs", 2);

  private static final int CIRCUITS = Integer.getInteger("crash.circuits", 100);
  private static final long LIMIT_SECONDS = 300;
  private static final List<String> COLLECT =
      List.of("collect", "--product", "service_mapper", "--json");

  @TempDir private Path folder;

  /** What one crash came to. */
  private record Crash(
      long afterMillis,
      long lostCircuits,
      long lostErrors,
      long lostAlerts,
      long silentCircuits,
      long repeated,
      List<String> halfFolders,
      Duration recovery) {}

  @Test
  void losesNothingWhenItIsKilledAnywhere() throws Exception {
    long whole = wholeRunMillis();
    Random random = new Random(RUNS * 31L + CIRCUITS);
    List<Crash> crashes = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      crashes.add(crash(run, (long) (random.nextDouble() * whole)));
    }

    System.out.printf(
        "kill -9 at %d random moments within %d ms of the first call, %d circuits each: lost"
            + " circuits %d, lost errors %d, lost alerts %d, circuits that no room heard of %d, half"
            + " folders %d;"
            + " repeated messages %d in all, %d at most in one crash; recovery %d ms on average,"
            + " %d ms at most%n",
        RUNS,
        whole,
        CIRCUITS,
        crashes.stream().mapToLong(Crash::lostCircuits).sum(),
        crashes.stream().mapToLong(Crash::lostErrors).sum(),
        crashes.stream().mapToLong(Crash::lostAlerts).sum(),
        crashes.stream().mapToLong(Crash::silentCircuits).sum(),
        crashes.stream().mapToLong(crash -> crash.halfFolders().size()).sum(),
        crashes.stream().mapToLong(Crash::repeated).sum(),
        crashes.stream().mapToLong(Crash::repeated).max().orElse(0),
        (long) crashes.stream().mapToLong(crash -> crash.recovery().toMillis()).average().orElse(0),
        crashes.stream().mapToLong(crash -> crash.recovery().toMillis()).max().orElse(0));
    assertThat(crashes)
        .allSatisfy(
            crash -> {
              assertThat(crash.lostCircuits()).isZero();
              assertThat(crash.lostErrors()).isZero();
              assertThat(crash.lostAlerts()).isZero();
              assertThat(crash.silentCircuits()).isZero();
              assertThat(crash.halfFolders()).isEmpty();
              assertThat(crash.repeated()).isLessThanOrEqualTo(1);
            });
  }

  /** From the first call of MDSO to the end, when nobody interferes. */
  private long wholeRunMillis() throws Exception {
    try (Simulator simulator = world(0)) {
      Program program = Program.in(folder.resolve("whole"), GivenSettings.of(simulator));
      try (Program.Begun begun = program.begin(COLLECT)) {
        awaitFirstCall(simulator);
        long from = System.nanoTime();
        Program.Ended ended = begun.end(LIMIT_SECONDS);
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from);
      }
    }
  }

  private Crash crash(int run, long afterMillis) throws Exception {
    Path home = folder.resolve("run-" + run);
    try (Simulator simulator = world(run)) {
      Program program = Program.in(home, GivenSettings.of(simulator));
      try (Program.Begun begun = program.begin(COLLECT)) {
        awaitFirstCall(simulator);
        TimeUnit.MILLISECONDS.sleep(afterMillis);
        begun.process().destroyForcibly().waitFor();
      }
      long from = System.nanoTime();
      Program.Ended ended = program.run(COLLECT, LIMIT_SECONDS);
      Duration recovery = Duration.ofNanos(System.nanoTime() - from);
      assertThat(ended.exitCode()).as(ended.err()).isZero();
      return look(home, simulator, afterMillis, recovery);
    }
  }

  private static Crash look(Path home, Simulator simulator, long afterMillis, Duration recovery)
      throws SQLException {
    LedgerAudit audit = LedgerAudit.of(home, simulator.messages());
    Path evidence = home.resolve("var").resolve("evidence");
    long failed = simulator.truths().filter(Truth::fails).count();
    assertThat(EvidenceAudit.kept(evidence)).isGreaterThanOrEqualTo(failed);
    return new Crash(
        afterMillis,
        CIRCUITS - audit.decided(),
        failed - defective(home),
        audit.untold(),
        audit.silent(),
        audit.repeated(),
        EvidenceAudit.mismatches(evidence),
        recovery);
  }

  /** Circuits of which an error is noted. */
  private static long defective(Path home) throws SQLException {
    try (Connection connection = DriverManager.getConnection(LedgerAudit.url(home))) {
      return LedgerAudit.number(
          connection,
          "select count(distinct o.resource_id) from occurrence o join resource r on"
              + " r.resource_id = o.resource_id where r.outcome = 'defective'");
    }
  }

  private static void awaitFirstCall(Simulator simulator) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (simulator.requests().isEmpty() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    assertThat(simulator.requests()).isNotEmpty();
  }

  private static Simulator world(int seed) {
    return Simulator.start(
        SimulatorOptions.parse(
            Map.of(
                "seed", String.valueOf(seed + 1),
                "resources", String.valueOf(CIRCUITS),
                "products", "ServiceMapper",
                "failures", "40%",
                "latency", "10ms")));
  }
}
