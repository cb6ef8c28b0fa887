package io.orchscope.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.simulator.MovingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When those are let in who wait for a neighbour that wanted to be left alone. */
final class RetryAfterGateTest {

  private static final Instant NOON = Instant.parse("2024-03-01T12:00:00Z");

  private final MovingClock now = new MovingClock(NOON);
  private final RetryAfterGate gate = new RetryAfterGate(now);

  @Test
  void letsNobodyInBeforeTheEndAndEverybodySoonAfterIt() {
    gate.closeFor(Duration.ofSeconds(2));

    List<Long> entries = new ArrayList<>();
    for (int caller = 0; caller < 100; caller++) {
      now.set(NOON.plusMillis(caller));
      while (gate.isClosed()) {
        now.advance(Duration.ofMillis(gate.waitMillis()));
      }
      entries.add(Duration.between(NOON, now.instant()).toMillis());
    }

    assertThat(entries).allMatch(at -> at >= 2_000 && at <= 2_202);
    assertThat(entries.stream().distinct().count()).isGreaterThan(20);
  }

  @Test
  void spreadsThoseToWhoComeJustAfterTheEnd() {
    gate.closeFor(Duration.ofSeconds(10));
    now.set(NOON.plusMillis(10_200));

    int closed = 0;
    for (int look = 0; look < 1_000; look++) {
      closed += gate.isClosed() ? 1 : 0;
    }

    assertThat(closed).isBetween(700, 900);
    now.set(NOON.plusMillis(11_000));
    assertThat(gate.isClosed()).isFalse();
    assertThat(gate.waitMillis()).isZero();
  }

  @Test
  void keepsTheLongestPauseThatWasAskedFor() {
    gate.closeFor(Duration.ofSeconds(10));
    gate.closeFor(Duration.ofSeconds(1));
    now.set(NOON.plusSeconds(5));

    assertThat(gate.isClosed()).isTrue();
    assertThat(gate.waitMillis()).isBetween(5_000L, 6_002L);
  }
}
