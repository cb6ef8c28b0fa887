package io.orchscope.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.TurnedClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Waiting times after failed log-ins. */
final class LogInLimitsTest {

  private final TurnedClock clock = TurnedClock.right();
  private final LogInLimits limits = new LogInLimits(clock);

  @Test
  void letsANameWaitAtTheAddressFromWhichItIsGuessedOnly() {
    fail(10, "olga", "198.51.100.7");

    assertThat(limits.waiting("olga", "198.51.100.7")).isPositive();
    assertThat(limits.waiting("vera", "198.51.100.7")).isZero();
    assertThat(limits.waiting("olga", "192.0.2.1")).isZero();
  }

  @Test
  void letsAnAddressWaitThatGuessesAtManyNames() {
    for (int i = 0; i < 30; i++) {
      limits.failed("name" + i, "198.51.100.7");
    }

    assertThat(limits.waiting("another", "198.51.100.7")).isPositive();
    assertThat(limits.waiting("another", "192.0.2.1")).isZero();
  }

  @Test
  void waitsTwiceAsLongAfterEachFailureButNeverLongerThanAMinute() {
    fail(11, "olga", "198.51.100.7");
    assertThat(limits.waiting("olga", "198.51.100.7"))
        .isBetween(Duration.ofMillis(1500), Duration.ofSeconds(2));

    fail(1_000, "olga", "198.51.100.7");

    assertThat(limits.waiting("olga", "198.51.100.7"))
        .isBetween(Duration.ofSeconds(55), Duration.ofMinutes(1));
    clock.turn(Duration.ofMinutes(1));
    assertThat(limits.waiting("olga", "198.51.100.7")).isZero();
  }

  @Test
  void forgetsAQuarterOfAnHourWithoutFailure() {
    fail(1_000, "olga", "198.51.100.7");

    clock.turn(Duration.ofMinutes(15));
    fail(1, "olga", "198.51.100.7");

    assertThat(limits.waiting("olga", "198.51.100.7")).isZero();
  }

  @Test
  void letsAnOperatorInWhoseNeighbourGuesses() {
    limits.succeeded("olga", "203.0.113.5");
    for (int i = 0; i < 100; i++) {
      limits.failed("name" + i, "203.0.113.5");
    }

    assertThat(limits.waiting("olga", "203.0.113.5")).isZero();
    assertThat(limits.waiting("vera", "203.0.113.5")).isPositive();
    clock.turn(Duration.ofHours(12));
    assertThat(limits.isTrusted("olga", "203.0.113.5")).isFalse();
  }

  private void fail(int times, String name, String address) {
    for (int i = 0; i < times; i++) {
      limits.failed(name, address);
    }
  }
}
