package io.orchscope.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchscope.circuit.CircuitId;
import io.orchscope.circuit.OrchState;
import io.orchscope.circuit.Resource;
import io.orchscope.circuit.ResourceId;
import io.orchscope.settings.Clocks;
import io.orchscope.simulator.MovingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is owed to a circuit after its decision, wherever the ledger is kept. */
abstract class FollowUpsTest {

  private static final Instant NOON = Instant.parse("2024-03-01T12:00:00Z");
  private static final FollowUpTimes TIMES =
      new FollowUpTimes(Duration.ofSeconds(10), Duration.ofMinutes(10), Duration.ofHours(24));
  private static final String PLACE =
      "service_mapper/80.L1XX.000001..TEST/20240301T115900Z-0a1b2c3d";

  private final MovingClock clock = new MovingClock(NOON);
  private Ledger ledger;
  private FollowUps followUps;

  /** An empty one for each test. */
  abstract LedgerPlace place();

  @BeforeEach
  void open() {
    ledger = new Ledger(place(), Clocks.both(clock));
    followUps = new FollowUps(ledger, TIMES);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void lendsWhatIsOwedOnceAndNoMoreThanAskedFor() {
    owe(PLACE);
    owe(PLACE);
    owe(PLACE + "2");
    owe(PLACE + "3");

    List<FollowUp> first = followUps.take(2);
    List<FollowUp> whileTwoAreUnderWay = followUps.take(2);
    followUps.complete(first.get(0), "");
    List<FollowUp> next = followUps.take(2);

    assertThat(first).extracting(FollowUp::evidence).containsExactly(PLACE, PLACE + "2");
    assertThat(first.get(0))
        .isEqualTo(
            new FollowUp(
                PLACE,
                "service_mapper",
                "a-resource",
                "80.L1XX.000001..TEST",
                "00-sender",
                NOON,
                1));
    assertThat(whileTwoAreUnderWay).isEmpty();
    assertThat(next).extracting(FollowUp::evidence).containsExactly(PLACE + "3");
    assertThat(FollowUpStanding.sums(ledger)).isEqualTo(Map.of("complete", 1L, "owed", 2L));
  }

  @Test
  void takesWhatIsFreeBehindWhatOthersHave() {
    FollowUps others = new FollowUps(ledger, TIMES);
    FollowUps third = new FollowUps(ledger, TIMES);
    for (int i = 10; i < 22; i++) {
      owe(PLACE + i);
    }
    List<FollowUp> first = followUps.take(4);
    others.take(4);
    followUps.complete(first.get(3), "");

    assertThat(followUps.take(4)).extracting(FollowUp::evidence).containsExactly(PLACE + 18);
    assertThat(third.take(4)).hasSize(3);
  }

  @Test
  void letsGoOfWhatTheLedgerDidNotTake() {
    owe(PLACE);
    List<FollowUp> taken = followUps.take(1);
    ledger.close();

    assertThatThrownBy(() -> followUps.putBack(taken.get(0), "all"))
        .isInstanceOf(LedgerException.class);
    assertThatThrownBy(() -> followUps.keep(taken.get(0))).isInstanceOf(LedgerException.class);
    assertThat(followUps.isUnderWay(taken.get(0))).isFalse();
  }

  @Test
  void triesAgainLaterAndLaterUntilItIsTooOld() {
    owe(PLACE);
    followUps.putBack(followUps.take(1).get(0), "host-2 is away");
    List<FollowUp> atOnce = followUps.take(1);
    clock.advance(Duration.ofSeconds(10));
    FollowUp second = followUps.take(1).get(0);
    followUps.putBack(second, "host-2 is away");
    clock.advance(Duration.ofSeconds(19));
    List<FollowUp> tooSoon = followUps.take(1);
    clock.advance(Duration.ofHours(25));
    FollowUp last = followUps.take(1).get(0);

    boolean goesOn = followUps.putBack(last, "host-2 is still away");

    assertThat(atOnce).isEmpty();
    assertThat(second.tries()).isEqualTo(2);
    assertThat(tooSoon).isEmpty();
    assertThat(followUps.isLast(last)).isTrue();
    assertThat(goesOn).isFalse();
    assertThat(FollowUpStanding.of(ledger, PLACE))
        .get()
        .extracting(FollowUpStanding::state, FollowUpStanding::missing)
        .containsExactly("given-up", "host-2 is still away");
    assertThat(followUps.take(1)).isEmpty();
  }

  /** With many that wait for a host there is always one whose pause is over. */
  @Test
  void countsAsDueWhatThisProcessHasNotTriedYet() {
    owe(PLACE);
    owe(PLACE + "2");
    FollowUpBacklog before = followUps.backlog();
    FollowUp tried = followUps.take(1).get(0);
    FollowUpBacklog meanwhile = followUps.backlog();
    followUps.putBack(tried, "host-2 is away");
    Instant next = clock.instant().plus(TIMES.firstPause());
    clock.advance(TIMES.firstPause().multipliedBy(2));

    FollowUpBacklog after = followUps.backlog();

    assertThat(before).isEqualTo(new FollowUpBacklog(2, 0, 0, 0, 0, Optional.empty(), ""));
    assertThat(meanwhile).isEqualTo(new FollowUpBacklog(1, 1, 0, 0, 0, Optional.empty(), ""));
    assertThat(after)
        .isEqualTo(new FollowUpBacklog(1, 0, 0, 0, 1, Optional.of(next), "host-2 is away"));
    assertThat(new FollowUps(ledger, TIMES).backlog().due()).isEqualTo(2);
  }

  /** A command waits for what a killed process had under way, and not for a process that lives. */
  @Test
  void countsWhatAnEndedProcessHadUnderWayUntilItsLeaseEnds() {
    owe(PLACE);
    followUps.take(1);
    clock.advance(Duration.ofSeconds(20));
    FollowUps next = new FollowUps(ledger, TIMES);
    next.tryEachOnce();

    long whileItMayHaveEnded = next.backlog().movable();
    clock.advance(Duration.ofSeconds(1));
    followUps.take(1);
    long whileItLives = next.backlog().movable();
    FollowUps later = new FollowUps(ledger, TIMES);
    later.tryEachOnce();
    clock.advance(Duration.ofSeconds(61));
    later.take(1);
    long whenItsLeaseIsOver = later.backlog().movable();
    clock.advance(Duration.ofSeconds(6));
    List<FollowUp> taken = later.take(1);

    assertThat(whileItMayHaveEnded).isEqualTo(1);
    assertThat(whileItLives).isZero();
    assertThat(whenItsLeaseIsOver).isEqualTo(1);
    assertThat(taken).extracting(FollowUp::evidence).containsExactly(PLACE);
  }

  @Test
  void isTriedOnceByACommandAlsoWhenItIsDueAgain() {
    owe(PLACE);
    owe(PLACE + "2");
    followUps.tryEachOnce();
    FollowUp tried = followUps.take(1).get(0);
    followUps.putBack(tried, "host-2 is unavailable");
    clock.advance(TIMES.firstPause().multipliedBy(2));

    List<FollowUp> next = followUps.take(2);
    next.forEach(followUp -> followUps.putBack(followUp, "host-2 is unavailable"));
    clock.advance(TIMES.firstPause().multipliedBy(2));
    List<FollowUp> atLast = followUps.take(2);

    assertThat(tried.evidence()).isEqualTo(PLACE);
    assertThat(next).extracting(FollowUp::evidence).containsExactly(PLACE + "2");
    assertThat(atLast).isEmpty();
    assertThat(followUps.backlog().movable()).isZero();
    assertThat(new FollowUps(ledger, TIMES).take(2)).hasSize(2);
  }

  @Test
  void goesToAnotherProcessWhenTheFirstHasGoneAndTakesNothingOfALateOne() {
    owe(PLACE);
    FollowUp ofTheFirst = followUps.take(1).get(0);
    FollowUps other = new FollowUps(ledger, TIMES);
    List<FollowUp> whileTheFirstIsThere = other.take(1);
    clock.advance(Duration.ofSeconds(61));

    FollowUp ofTheOther = other.take(1).get(0);
    boolean stillOfTheFirst = followUps.keep(ofTheFirst);
    followUps.complete(ofTheFirst, "");

    assertThat(whileTheFirstIsThere).isEmpty();
    assertThat(ofTheOther.tries()).isEqualTo(2);
    assertThat(stillOfTheFirst).isFalse();
    assertThat(FollowUpStanding.sums(ledger)).isEqualTo(Map.of("owed", 1L));
    assertThat(other.keep(ofTheOther)).isTrue();
  }

  @Test
  void keepsItsLoanAsLongAsItAsks() {
    owe(PLACE);
    followUps.take(1);
    FollowUps other = new FollowUps(ledger, TIMES);
    for (int i = 0; i < 10; i++) {
      clock.advance(Duration.ofSeconds(30));
      followUps.take(1);
      assertThat(other.take(1)).isEmpty();
    }
  }

  @Test
  void waitsForNoClockThatWasPutBack() {
    owe(PLACE);
    followUps.putBack(followUps.take(1).get(0), "");
    clock.advance(Duration.ofHours(-2));

    assertThat(followUps.take(1)).hasSize(1);
  }

  @Test
  void goesOnAfterARestart() {
    owe(PLACE);
    followUps.take(1);
    ledger.close();
    ledger = new Ledger(place(), Clocks.both(clock));
    FollowUps reopened = new FollowUps(ledger, TIMES);
    reopened.take(1);
    clock.advance(Duration.ofSeconds(61));

    assertThat(reopened.take(1)).extracting(FollowUp::tries).containsExactly(2);
  }

  @Test
  void isPurgedOnceItHasEndedAndNotBefore() {
    owe(PLACE);
    owe(PLACE + "2");
    followUps.complete(followUps.take(1).get(0), "");
    clock.advance(Duration.ofDays(401));

    PurgedRows rows =
        new LedgerPurge(ledger, clock)
            .olderThan(clock.instant().minus(Duration.ofDays(400)), false, () -> true);

    assertThat(rows.of("follow_ups")).isEqualTo(1);
    assertThat(FollowUpStanding.sums(ledger)).isEqualTo(Map.of("owed", 1L));
  }

  private void owe(String place) {
    Resource resource =
        new Resource(
            new ResourceId("a-resource"),
            "service_mapper",
            "a label",
            new CircuitId("80.L1XX.000001..TEST"),
            OrchState.FAILED,
            "",
            1,
            NOON,
            NOON,
            List.of());
    ledger.transact(
        (handle, circuits) -> {
          OwedFollowUps.owe(handle, resource, place, "00-sender", clock.millis());
          return true;
        });
  }
}
