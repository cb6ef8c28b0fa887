package io.orchscope.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reports of failed log-ins. */
final class LogInFailuresTest {

  private final List<FailedLogIns> reports = new CopyOnWriteArrayList<>();
  private final LogInFailures failures = new LogInFailures(reports::add);

  @AfterEach
  void close() {
    failures.close();
  }

  @Test
  void reportsTheFirstFailureAtOnceAndTheRestTogether() {
    for (int i = 0; i < 1_000; i++) {
      failures.failed("198.51.100.7", Optional.of("olga"));
      failures.turnedAway("198.51.100.7");
    }
    await().atMost(Duration.ofSeconds(10)).until(() -> reports.size() == 1);

    failures.flush();

    assertThat(reports)
        .containsExactly(
            new FailedLogIns("198.51.100.7", "olga", 1, 0),
            new FailedLogIns("198.51.100.7", "olga", 999, 1_000));
  }

  @Test
  void writesNoNameThatIsNotOneOfOurs() {
    failures.failed("198.51.100.7", Optional.empty());
    failures.failed("198.51.100.7", Optional.of("olga"));

    failures.flush();

    await().atMost(Duration.ofSeconds(10)).until(() -> reports.size() == 2);
    assertThat(reports).extracting(FailedLogIns::names).contains("unknown", "olga");
  }

  @Test
  void reportsFewAddressesOneByOneHoweverManyAttack() {
    for (int i = 0; i < 10_000; i++) {
      failures.failed("2001:db8:0:" + Integer.toHexString(i) + "::/64", Optional.of("olga"));
    }

    failures.flush();

    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> reports.stream().mapToLong(FailedLogIns::failed).sum() == 10_000);
    assertThat(reports).hasSizeLessThan(30);
    assertThat(reports).extracting(FailedLogIns::address).contains("more addresses");
  }
}
