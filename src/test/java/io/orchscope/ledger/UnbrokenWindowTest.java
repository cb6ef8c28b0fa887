package io.orchscope.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.mdso.PollSummary;
import io.orchscope.simulator.MovingClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far back a poll looks. */
final class UnbrokenWindowTest {

  private static final Instant NOON = Instant.parse("2024-03-01T12:00:00Z");
  private static final Instant USUAL = NOON.minus(Duration.ofDays(1));

  @TempDir private Path folder;
  private final MovingClock clock = new MovingClock(NOON);
  private @Nullable Ledger ledger;

  @AfterEach
  void close() {
    ledger().close();
  }

  @Test
  void isAsUsualBeforeTheFirstPollAndWhilePollsAreComplete() {
    Instant first = from(Optional.empty());
    ends(false, NOON.minus(Duration.ofDays(1)), NOON.minus(Duration.ofMinutes(15)));

    assertThat(first).isEqualTo(USUAL);
    assertThat(from(Optional.empty())).isEqualTo(USUAL);
  }

  @Test
  void beginsBeforeTheLastPollThatReadEverything() {
    Instant threeDaysAgo = NOON.minus(Duration.ofDays(3));
    ends(false, threeDaysAgo.minus(Duration.ofDays(1)), threeDaysAgo);
    ends(true, threeDaysAgo, NOON.minus(Duration.ofHours(1)));

    assertThat(from(Optional.empty())).isEqualTo(threeDaysAgo.minus(UnbrokenWindow.OVERLAP));
  }

  @Test
  void isNotTakenInByAPollOverAShorterWindow() {
    Instant threeDaysAgo = NOON.minus(Duration.ofDays(3));
    ends(false, threeDaysAgo.minus(Duration.ofDays(1)), threeDaysAgo);
    ends(false, NOON.minus(Duration.ofHours(2)), NOON.minus(Duration.ofHours(1)));
    Instant before = from(Optional.empty());
    ends(false, threeDaysAgo, NOON.minus(Duration.ofMinutes(5)));

    assertThat(before).isEqualTo(threeDaysAgo.minus(UnbrokenWindow.OVERLAP));
    assertThat(from(Optional.empty())).isEqualTo(USUAL);
  }

  @Test
  void doesNotReachBeforeWhatTheLedgerRemembers() {
    Instant longAgo = NOON.minus(Duration.ofDays(300));
    ends(false, longAgo, longAgo);

    assertThat(from(Optional.of(Duration.ofDays(30)))).isEqualTo(NOON.minus(Duration.ofDays(30)));
  }

  private Instant from(Optional<Duration> keptFor) {
    PollEnds ends = new PollEnds(ledger(), clock);
    return new UnbrokenWindow(ends, Duration.ofDays(1), keptFor).from("service_mapper", NOON);
  }

  private void ends(boolean incomplete, Instant since, Instant startedAt) {
    PollSummary summary =
        new PollSummary(
            "poll-1", "service_mapper", 0, 0, 0, 0, 0, Map.of(), incomplete, Duration.ZERO);
    new PollEnds(ledger(), clock).note(summary, since, startedAt);
  }

  private Ledger ledger() {
    if (ledger == null) {
      ledger = new Ledger(LedgerPlace.file(folder.resolve("ledger.db")), clock);
    }
    return ledger;
  }
}
