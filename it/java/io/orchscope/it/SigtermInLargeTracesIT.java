package io.orchscope.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchscope.Interposed;
import io.orchscope.simulator.Simulator;
import io.orchscope.simulator.SimulatorOptions;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM while the program works on traces with many overlapping steps. */
final class SigtermInLargeTracesIT {

  /** {@code -Dsigterm.trace.entries=100000} takes a minute. */
  private static final int ENTRIES = Integer.getInteger("sigterm.trace.entries", 20_000);

  /** More than are examined at once: those that wait in the queue are left to the next poll. */
  private static final int CIRCUITS = Integer.getInteger("sigterm.circuits", 24);

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Duration LONGEST_END = Duration.ofSeconds(5);

  @TempDir private Path folder;

  @Test
  void endsInSecondsAndLeavesEveryCircuitToTheNextStart() throws Exception {
    Path home = folder.resolve("home");
    AtomicBoolean large = new AtomicBoolean(true);
    AtomicInteger sent = new AtomicInteger();
    try (Simulator simulator = Simulator.start(SimulatorOptions.parse(world()));
        Interposed mdso =
            Interposed.before(
                simulator.mdsoUrl(),
                asked -> large.get() ? answer(asked, sent) : Optional.empty())) {
      Map<String, String> settings = GivenSettings.of(simulator);
      settings.put("mdso.url", mdso.url());
      settings.put("alerts.channel", "console");
      settings.put("circuits.at-once", "4");
      settings.put("http.largest-reply-megabytes", "100");
      settings.put("observe.listen", "off");
      settings.put("console.listen", "off");
      Program program = Program.in(home, settings);
      SigtermIT.pollServiceMappersEverySecond(home);
      Program.Ended ended;
      Duration took;
      Duration start;
      long begun = System.nanoTime();
      try (Program.Begun run = program.begin(List.of("run"))) {
        await().atMost(LIMIT).until(() -> sent.get() >= Math.min(4, CIRCUITS));
        long asked = System.nanoTime();
        start = Duration.ofNanos(asked - begun);
        run.terminate();
        ended = run.end(LIMIT.toSeconds());
        took = Duration.ofNanos(System.nanoTime() - asked);
      }
      Duration limit = longest(start);
      long before = LedgerAudit.of(home, List.of()).decided();
      large.set(false);
      Program.Ended again =
          program.run(List.of("collect", "--product", "service_mapper"), LIMIT.toSeconds());
      LedgerAudit after = LedgerAudit.of(home, List.of());

      System.out.printf(
          "SIGTERM while %d circuits with %d overlapping entries each were examined: ended after"
              + " %.1f s (limit %.1f s, start %.1f s) with exit code %d, %d of %d circuits"
              + " decided by then, %d after the next start%n",
          CIRCUITS,
          ENTRIES,
          took.toMillis() / 1000.0,
          limit.toMillis() / 1000.0,
          start.toMillis() / 1000.0,
          ended.exitCode(),
          before,
          CIRCUITS,
          after.decided());
      // Java's own exit code after SIGTERM.
      assertThat(ended.exitCode()).as(ended.err()).isEqualTo(128 + 15);
      assertThat(ended.err()).doesNotContain("OutOfMemoryError", "bug");
      assertThat(took).isLessThan(limit);
      assertThat(before).isLessThan(CIRCUITS);
      assertThat(again.exitCode()).as(again.err()).isZero();
      assertThat(again.out()).contains("listed " + CIRCUITS + " = ").contains("dead-lettered 0");
      assertThat(after.decided()).isEqualTo(CIRCUITS);
      assertThat(after.untold()).isZero();
    }
  }

  /** Five seconds, or as long as its start took where the machine has much else to do. */
  private static Duration longest(Duration start) {
    return start.compareTo(LONGEST_END) > 0 ? start : LONGEST_END;
  }

  private static Map<String, String> world() {
    return Map.of(
        "products", "ServiceMapper", "resources", String.valueOf(CIRCUITS), "failures", "100%");
  }

  /** A large trace for each circuit, whatever its own is. */
  private static Optional<Interposed.Answer> answer(Interposed.Asked asked, AtomicInteger sent) {
    String query = URLDecoder.decode(asked.query(), StandardCharsets.UTF_8);
    int at = query.indexOf("origination_id:");
    if (at < 0) {
      return Optional.empty();
    }
    String id = query.substring(at + "origination_id:".length()).split("&", 2)[0];
    return Optional.of(
        Interposed.Answer.of(
            out -> {
              writeTrace(out, id);
              sent.incrementAndGet();
            }));
  }

  /**
   * A TraceLog with so many steps, each of a resource of its own, that overlap at random.
   *
   * <pre>
   *   a ├──────────┤
   *   b     ├───────────┤
   *   c  ├─────────────────┤
   * </pre>
   */
  private static void writeTrace(OutputStream target, String id) throws IOException {
    OutputStream out = new BufferedOutputStream(target, 1 << 16);
    String head =
        "{\"items\":[{\"id\":\"log-of-%s\",\"resourceTypeId\":\"tosca.resourceTypes.TraceLog\","
            + "\"properties\":{\"origination_id\":\"%s\",\"trace_id\":\"0af7651916cd43dd\","
            + "\"start_time_sec\":1709301600,\"orchestration_trace\":[";
    out.write(head.formatted(id, id).getBytes(StandardCharsets.UTF_8));
    Random random = new Random(id.hashCode());
    int steps = ENTRIES / 2;
    for (int step = 0; step < steps; step++) {
      int from = random.nextInt(steps);
      entry(out, step, "STARTED", from, "");
      entry(out, step, "COMPLETED", from + random.nextInt(steps), "");
    }
    entry(out, steps, "FAILED", steps, "Granite | Missing Data - FQDN: device: ABCDTXAB1ZW");
    out.write("]}}],\"total\":1}".getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static void entry(OutputStream out, int step, String state, int elapsed, String error)
      throws IOException {
    String text =
        ("%s{\"timestamp\":\"12:00:00\",\"resource_id\":\"r%d\",\"process\":\"scripts.a.Step\","
                + "\"state\":\"%s\",\"elapsed_time\":%d,\"message\":\"m\","
                + "\"categorized_error\":\"%s\"}")
            .formatted(
                step == 0 && state.equals("STARTED") ? "" : ",", step, state, elapsed, error);
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
