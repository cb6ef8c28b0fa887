package io.orchscope.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Answers that are remembered for a second, by a clock that is turned. */
final class LatelyTest {

  private volatile Instant now = Instant.parse("2024-03-01T12:00:00Z");
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
  void letsNobodyWaitForWhomTheAnswerBeforeIsGoodEnough() throws Exception {
    CountDownLatch asking = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    Lately<Integer> slow =
        new Lately<>(
            () -> {
              int number = asked.incrementAndGet();
              if (number > 1) {
                asking.countDown();
                awaitUninterruptibly(answered);
              }
              return number;
            },
            Duration.ofSeconds(1),
            new Turned());
    slow.get();
    now = now.plusSeconds(2);
    CompletableFuture<Integer> first = CompletableFuture.supplyAsync(slow);
    asking.await();

    assertThat(slow.get()).as("the old one, at once").isEqualTo(1);
    now = now.plusSeconds(4);
    CompletableFuture<Integer> late = CompletableFuture.supplyAsync(slow);
    answered.countDown();

    assertThat(first.get()).isEqualTo(2);
    assertThat(late.get()).as("too old to be shown").isGreaterThan(1);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void asksOnceForAllWhoWaitedHoweverLongItTakes() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    Lately<Integer> slow =
        new Lately<>(
            () -> {
              awaitUninterruptibly(answered);
              now = now.plusSeconds(30);
              return asked.incrementAndGet();
            },
            Duration.ofSeconds(1),
            new Turned());
    List<Thread> readers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Thread reader = new Thread(slow::get);
      reader.start();
      readers.add(reader);
    }
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> readers.stream().allMatch(it -> it.getState() == Thread.State.WAITING));
    answered.countDown();
    for (Thread reader : readers) {
      reader.join();
    }

    assertThat(asked).hasValue(1);
  }

  @Test
  void asksAgainWhenSomebodyHasTurnedTheClockBack() {
    lately.get();
    now = now.minusSeconds(3600);

    assertThat(lately.get()).isEqualTo(2);
  }
}
