package io.orchscope.mdso;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.defect.Outcome;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The sum that a poll must come to. */
final class PollSummaryTest {

  @Test
  void addsUp() {
    PollSummary summary =
        summary(10, Map.of(Outcome.UNCHANGED, 6L, Outcome.HEALTHY, 3L, Outcome.DEAD_LETTERED, 1L));

    assertThat(summary.isBalanced()).isTrue();
    assertThat(summary.equation())
        .isEqualTo(
            "listed 10 = unchanged 6 + healthy 3 + defective 0 + unreadable 0 + dead-lettered 1");
  }

  @Test
  void showsThatItDoesNotAddUp() {
    PollSummary summary = summary(3, Map.of(Outcome.DEFECTIVE, 2L));

    assertThat(summary.isBalanced()).isFalse();
    assertThat(summary.equation()).startsWith("listed 3 ≠ ");
  }

  private static PollSummary summary(long listed, Map<Outcome, Long> outcomes) {
    return new PollSummary(
        "poll", "service_mapper", listed, listed, 0, 0, 0, outcomes, false, Duration.ZERO);
  }
}
