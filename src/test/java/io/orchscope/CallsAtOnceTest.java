package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.simulator.LoggedRequest;
import io.orchscope.simulator.Simulator;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many calls MDSO gets at the same time, however many circuits are worked on. */
final class CallsAtOnceTest {

  private static final int AT_ONCE = 3;
  private static final Duration LATENCY = Duration.ofMillis(200);

  @TempDir private Path folder;

  @Test
  void callsMdsoNoMoreOftenAtOnceThanTheSettingSays() throws Exception {
    Map<String, String> words = Map.of("resources", "12", "latency", "200ms");
    Map<String, String> settings =
        Map.of("mdso.calls-at-once", String.valueOf(AT_ONCE), "circuits.at-once", "12");
    try (Simulator simulator = Running.world(words);
        Running running = Running.start(folder, simulator, settings)) {

      running.pollAndSettle();

      List<Instant> calls =
          simulator.requests().stream()
              .filter(request -> request.query().contains("TraceLog"))
              .map(LoggedRequest::time)
              .sorted()
              .toList();
      assertThat(calls).hasSizeGreaterThanOrEqualTo(2 * AT_ONCE);
      for (int k = AT_ONCE; k < calls.size(); k++) {
        assertThat(Duration.between(calls.get(k - AT_ONCE), calls.get(k)))
            .isGreaterThan(LATENCY.dividedBy(2));
      }
    }
  }
}
