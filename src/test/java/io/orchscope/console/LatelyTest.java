package io.orchscope.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Answers that are remembered for a second, by a clock that is turned. */
final class LatelyTest {

  private Instant now = Instant.parse("2024-03-01T12:00:00Z");
  private final AtomicInteger asked = new AtomicInteger();
  private final Lately<Integer> lately =
      new Lately<>(asked::incrementAndGet, Duration.ofSeconds(1), new Turned());

  private final class Turned extends Clock {

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  @Test
  void asksOnceInASecond() {
    lately.get();
    now = now.plusMillis(999);

    assertThat(lately.get()).isEqualTo(1);
    now = now.plusMillis(1);
    assertThat(lately.get()).isEqualTo(2);
  }

  @Test
  void asksAgainWhenSomebodyHasTurnedTheClockBack() {
    lately.get();
    now = now.minusSeconds(3600);

    assertThat(lately.get()).isEqualTo(2);
  }
}
