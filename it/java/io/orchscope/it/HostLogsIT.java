package io.orchscope.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchscope.LogHostSettings;
import io.orchscope.simulator.LogHostFaults;
import io.orchscope.simulator.Simulator;
import io.orchscope.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Logs of failed circuits from three hosts, with a heap of 256 MB: at what cost, and what becomes
 * of hosts that do not do what they should.
 */
final class HostLogsIT {

  /** {@code -Dhost.logs.circuits=200 -Dhost.logs.megabytes=2000} take minutes. */
  private static final int CIRCUITS = Integer.getInteger("host.logs.circuits", 20);

  private static final int MEGABYTES = Integer.getInteger("host.logs.megabytes", 60);
  private static final long LIMIT_SECONDS = Integer.getInteger("host.logs.limit", 400);
  private static final Pattern BEFORE_COLLECTION = Pattern.compile("(\\d+)M->\\d+M\\(");
  private static final List<String> COLLECT =
      List.of("collect", "--product", "service_mapper", "--json");

  @TempDir private Path folder;

  @Test
  void readsASmallPartOfTheHostsOverOneConnectionEach() throws Exception {
    try (Simulator simulator = world()) {
      Path home = folder.resolve("well");
      Program program = program(simulator, home);
      long begun = System.nanoTime();
      Program.Ended ended = program.run(COLLECT, LIMIT_SECONDS);
      double seconds = (System.nanoTime() - begun) / 1e9;
      LogAudit audit = LogAudit.of(home);
      long read = simulator.count("loghost.bytes");
      long onHosts = MEGABYTES * 1_000_000L;

      System.out.printf(
          "%d failed circuits, 3 hosts with %d MB of adapters' logs, -Xmx256m: %.1f s in all, %d"
              + " files kept, %.1f MB read = %.3f of what is there, connections %s, things executed"
              + " %d, peak heap %d MB; %s%n",
          audit.folders().size(),
          MEGABYTES,
          seconds,
          audit.files(),
          read / 1e6,
          (double) read / onHosts,
          connections(simulator),
          simulator.count("loghost.exec"),
          peakHeap(home.resolve("gc.log")),
          audit.byStatus());
      assertThat(ended.exitCode()).as(ended.err()).isZero();
      assertThat(ended.err()).doesNotContain("OutOfMemoryError", "could not be followed up");
      assertThat(audit.folders()).hasSize(CIRCUITS);
      assertThat(audit.byStatus()).isEqualTo(Map.of("complete", (long) CIRCUITS));
      assertThat(audit.mismatches()).isEmpty();
      assertThat(connections(simulator).values()).containsOnly(1L);
      assertThat(simulator.commands()).isEmpty();
    }
  }

  @Test
  void collectsTheRestOfHostsThatFailAndCompletesItWhenTheyAreBack() throws Exception {
    try (Simulator simulator = world()) {
      Path home = folder.resolve("ill");
      Program program = program(simulator, home);
      simulator.setLogHostFaults(
          Map.of(
              "loghost-1", LogHostFaults.none().with(draft -> draft.down = true),
              "loghost-2", LogHostFaults.none().with(draft -> draft.refusesKey = true),
              "loghost-3", LogHostFaults.none().with(draft -> draft.bytesPerSecond = 2_000_000)));
      Program.Ended ill = program.run(COLLECT, LIMIT_SECONDS);
      LogAudit gapped = LogAudit.of(home);
      simulator.setLogHostFaults(Map.of());
      await().atMost(Duration.ofMinutes(2)).until(() -> isEverythingDue(home));
      Program.Ended well = program.run(COLLECT, LIMIT_SECONDS);
      LogAudit whole = LogAudit.of(home);

      System.out.printf(
          "one host down, one refusing the key, one slow: %d files kept, %s, gaps %s; when they"
              + " were back: %d files, %s%n",
          gapped.files(), gapped.byStatus(), gapped.gaps(), whole.files(), whole.byStatus());
      assertThat(ill.exitCode()).as(ill.err()).isZero();
      assertThat(gapped.byStatus()).containsOnlyKeys("incomplete");
      assertThat(gapped.gaps()).containsKeys("loghost-1 unreachable", "loghost-2 key-refused");
      assertThat(gapped.files()).isPositive();
      assertThat(well.exitCode()).as(well.err()).isZero();
      assertThat(whole.byStatus()).isEqualTo(Map.of("complete", (long) CIRCUITS));
      assertThat(whole.files()).isGreaterThan(gapped.files());
      assertThat(whole.mismatches()).isEmpty();
      assertThat(whole.twice()).isZero();
    }
  }

  /** Whether no host is left alone any more, so that the next process asks all of them. */
  private static boolean isEverythingDue(Path home) throws SQLException {
    try (Connection connection = DriverManager.getConnection(LedgerAudit.url(home))) {
      return LedgerAudit.number(
              connection,
              "select count(*) from follow_up where state = 'owed' and due_at > "
                  + System.currentTimeMillis())
          == 0;
    }
  }

  private static Map<String, Long> connections(Simulator simulator) {
    Map<String, Long> connections = new TreeMap<>();
    simulator
        .counters()
        .forEach(
            (name, number) -> {
              if (name.startsWith("loghost.connections.")) {
                connections.put(name.substring("loghost.connections.".length()), number);
              }
            });
    return connections;
  }

  private Program program(Simulator simulator, Path home) throws IOException {
    Map<String, String> settings =
        LogHostSettings.add(GivenSettings.of(simulator), simulator, folder.resolve("hosts"));
    settings.put("java.tool.options", "-Xmx256m -Xlog:gc:file=" + home.resolve("gc.log"));
    return Program.in(home, settings);
  }

  private static Simulator world() {
    return Simulator.start(
        SimulatorOptions.parse(
            Map.of(
                "seed", "3",
                "resources", String.valueOf(CIRCUITS),
                "products", "ServiceMapper",
                "failures", "100%",
                "log-hosts", "3",
                "log-bytes", String.valueOf(MEGABYTES * 1_000_000L / 3))));
  }

  private static long peakHeap(Path log) throws IOException {
    long peak = 0;
    for (String line : Files.readAllLines(log)) {
      Matcher before = BEFORE_COLLECTION.matcher(line);
      if (before.find()) {
        peak = Math.max(peak, Long.parseLong(before.group(1)));
      }
    }
    return peak;
  }
}
