package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchscope.settings.Clocks;
import io.orchscope.simulator.Simulator;
import io.orchscope.simulator.SimulatorOptions;
import io.orchscope.simulator.Truth;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What polls find when a clock is turned, here or at MDSO, and when nobody was there for days. */
final class TurnedClockTest {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir private Path folder;
  private final TurnedClock ours = TurnedClock.right();
  private final TurnedClock theirs = TurnedClock.right();
  private final Set<String> arrived = new HashSet<>();

  @BeforeEach
  void pollEverySecond() throws Exception {
    String text = Files.readString(Path.of("config", "products.yaml"));
    Running.configure(
        folder,
        "products.yaml",
        text.replaceAll("(?m)^( +)schedule: \"0 0/15.*$", "$1schedule: \"0/1 * * * * ?\""));
  }

  @ParameterizedTest
  @CsvSource({"PT2H, PT0S", "-PT2H, PT0S", "PT0S, PT10M", "PT0S, -PT10M", "-PT2H, PT10M"})
  void missesNothingAlthoughAClockIsTurned(String turn, String apart) throws Exception {
    theirs.turn(Duration.parse(apart));
    try (Simulator simulator = world();
        Running running = start(simulator)) {
      arrive(simulator, running);
      ours.turn(Duration.parse(turn));
      arrive(simulator, running);
      ours.turn(Duration.parse(turn).negated());
      arrive(simulator, running);

      assertThat(missed(running)).isZero();
      assertThat(negative(running)).isZero();
      System.out.printf(
          "F15 our-clock=%s mdso-clock=%s arrived=%d missed=%d negative-durations=%d%n",
          turn, apart, arrived.size(), missed(running), negative(running));
    }
  }

  @Test
  void catchesUpWithWhatFailedWhileNobodyWasThere() throws Exception {
    try (Simulator simulator = world()) {
      try (Running running = start(simulator)) {
        arrive(simulator, running);
        running.awaitPoll(1);
      }
      arrived.clear();
      both(Duration.ofHours(5));
      note(simulator, () -> simulator.arrive(10));
      both(Duration.ofDays(3));
      try (Running running = start(simulator)) {
        awaitAll(running);

        assertThat(missed(running)).isZero();
      }
    }
  }

  private void both(Duration time) {
    ours.turn(time);
    theirs.turn(time);
  }

  private Simulator world() {
    return Simulator.start(
        SimulatorOptions.parse(Map.of("products", "ServiceMapper", "resources", "20"))
            .with(draft -> draft.clock = theirs));
  }

  private Running start(Simulator simulator) throws Exception {
    Map<String, String> settings = Map.of("poll.by-schedule", "yes", "alerts.channel", "webex");
    return Running.start(
        folder, simulator, settings, new Clocks(ours, Clocks.ofThisMachine().steady()));
  }

  private void arrive(Simulator simulator, Running running) {
    note(simulator, () -> simulator.arrive(10));
    awaitAll(running);
  }

  private void note(Simulator simulator, Runnable change) {
    Set<String> before = ids(simulator);
    change.run();
    Set<String> after = ids(simulator);
    after.removeAll(before);
    arrived.addAll(after);
  }

  private void awaitAll(Running running) {
    await().atMost(LIMIT).until(() -> missed(running) == 0);
  }

  private long missed(Running running) {
    Set<String> open = new HashSet<>(arrived);
    running.decided().forEach(each -> open.remove(each.resource().id().value()));
    return open.size();
  }

  private static long negative(Running running) {
    return running.spans().ended().stream()
        .filter(span -> span.getEndEpochNanos() < span.getStartEpochNanos())
        .count();
  }

  private static Set<String> ids(Simulator simulator) {
    return simulator.truths().map(Truth::resourceId).collect(Collectors.toSet());
  }
}
