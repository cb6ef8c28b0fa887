package io.orchscope.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Checks that hang beside checks that answer. */
final class HealthTest {

  @Test
  void answersForAllWithinTheBoundWhileSomeHang() {
    CountDownLatch hung = new CountDownLatch(1);
    Health health =
        new Health()
            .with("first", () -> wait(hung))
            .with("second", () -> wait(hung))
            .with("sound", Optional::empty)
            .with("broken", () -> Optional.of("broken"))
            .with(
                "failing",
                () -> {
                  throw new IllegalStateException("a bug");
                });

    long from = System.nanoTime();
    Map<String, Optional<String>> found = health.look();
    Duration taken = Duration.ofNanos(System.nanoTime() - from);
    hung.countDown();

    assertThat(found.keySet()).containsExactly("first", "second", "sound", "broken", "failing");
    assertThat(found)
        .containsEntry("first", Optional.of("no answer within 2 s"))
        .containsEntry("second", Optional.of("no answer within 2 s"))
        .containsEntry("sound", Optional.empty())
        .containsEntry("broken", Optional.of("broken"))
        .containsEntry("failing", Optional.of("a bug"));
    assertThat(taken).isLessThan(Health.PATIENCE.multipliedBy(2));
  }

  @Test
  void asksAHangingCheckOnceAndAgainWhenItHasAnswered() {
    CountDownLatch hung = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    Health health =
        new Health()
            .with(
                "hangs",
                () -> {
                  asked.incrementAndGet();
                  return wait(hung);
                });

    health.look();
    health.look();
    int whileItHung = asked.get();
    hung.countDown();

    assertThat(whileItHung).isEqualTo(1);
    await().until(() -> health.isUp(health.look()));
    await().until(() -> health.look().size() == 1 && asked.get() > 1);
  }

  private static Optional<String> wait(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }
}
