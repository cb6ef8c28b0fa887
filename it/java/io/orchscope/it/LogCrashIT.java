package io.orchscope.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.LogHostSettings;
import io.orchscope.simulator.Simulator;
import io.orchscope.simulator.SimulatorOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it fetches logs: the next one goes on, and nothing is wrong. */
final class LogCrashIT {

  private static final int RUNS = Integer.getInteger("log.crash.runs", 2);
  private static final int CIRCUITS = Integer.getInteger("log.crash.circuits", 40);
  private static final long LIMIT_SECONDS = 300;
  private static final List<String> COLLECT =
      List.of("collect", "--product", "service_mapper", "--json");

  @TempDir private Path folder;

  @Test
  void getsTheSameLogsAsOneThatNobodyKilled() throws Exception {
    try (Simulator simulator = world()) {
      Path quiet = folder.resolve("quiet");
      long begun = System.nanoTime();
      Program.Ended ended = program(simulator, quiet).run(COLLECT, LIMIT_SECONDS);
      long whole = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
      assertThat(ended.exitCode()).as(ended.err()).isZero();
      LogAudit undisturbed = LogAudit.of(quiet);
      assertThat(undisturbed.byStatus()).containsKey("complete");
      assertThat(undisturbed.gaps().keySet())
          .as("of devices that nobody knows, and of those that MDSO still works on")
          .isSubsetOf(" still-running", " not-known");
      Random random = new Random(RUNS);
      long halfDone = 0;
      for (int run = 0; run < RUNS; run++) {
        Path home = folder.resolve("run-" + run);
        // Mostly while logs are fetched, which comes last.
        halfDone += crash(simulator, home, (long) (whole * (0.3 + 0.6 * random.nextDouble())));
        LogAudit audit = LogAudit.of(home);

        assertThat(audit.gaps().keySet())
            .as("of devices that nobody knows, and of those that MDSO still works on")
            .isSubsetOf(" still-running", " not-known");
        assertThat(audit.mismatches()).isEmpty();
        assertThat(audit.twice()).isZero();
        assertThat(audit.incomplete()).isEqualTo(undisturbed.incomplete());
        assertThat(audit.byStatus()).isEqualTo(undisturbed.byStatus());
        assertThat(audit.texts()).isEqualTo(undisturbed.texts());
      }

      System.out.printf(
          "kill -9 at %d random moments of %d ms while the logs of %d failed circuits were fetched"
              + " from 3 hosts: %d files as without, wrong bytes 0, files twice 0; circuits that"
              + " the killed processes had left incomplete %d%n",
          RUNS, whole, undisturbed.folders().size(), undisturbed.files(), halfDone);
    }
  }

  /** How many circuits' logs were not complete when the process died. */
  private static long crash(Simulator simulator, Path home, long afterMillis) throws Exception {
    Program program = program(simulator, home);
    try (Program.Begun begun = program.begin(COLLECT)) {
      TimeUnit.MILLISECONDS.sleep(afterMillis);
      begun.process().destroyForcibly().waitFor();
    }
    long left =
        LogAudit.of(home).folders().stream().filter(it -> !it.manifest().isComplete()).count();
    Program.Ended ended = program.run(COLLECT, LIMIT_SECONDS);
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    return left;
  }

  private static Program program(Simulator simulator, Path home) throws Exception {
    Map<String, String> settings =
        LogHostSettings.add(GivenSettings.of(simulator), simulator, home.resolveSibling("hosts"));
    return Program.in(home, settings);
  }

  private static Simulator world() {
    return Simulator.start(
        SimulatorOptions.parse(
                Map.of(
                    "seed", "11",
                    "resources", String.valueOf(CIRCUITS),
                    "products", "ServiceMapper",
                    "failures", "50%",
                    "log-hosts", "3"))
            // Logs that grow while they are read twice would not be the same twice.
            .with(draft -> draft.clock = Clock.fixed(Instant.now(), ZoneOffset.UTC)));
  }
}
