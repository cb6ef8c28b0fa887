package io.orchscope.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.alert.Delivery;
import io.orchscope.alert.GroupMessages;
import io.orchscope.alert.Links;
import io.orchscope.circuit.OrchState;
import io.orchscope.defect.FailureGroup;
import io.orchscope.ledger.Rooms.Failure;
import io.orchscope.ledger.Rooms.Listing;
import io.orchscope.settings.Products;
import io.orchscope.settings.ProductsFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a purge removes and what it leaves, by a clock that the test turns; on both databases. */
abstract class PurgeTest {

  private static final Instant NOON = Instant.parse("2024-03-01T12:00:00Z");
  private static final Duration MONTH = Duration.ofDays(30);
  private static final Duration YEAR = Duration.ofDays(365);

  private final Hands clock = new Hands(NOON);
  private Ledger ledger;
  private Outbox outbox;
  private Products products;

  /** An empty one for each test. */
  abstract LedgerPlace place();

  /** Of those that are purged; a server of a test takes its time for each. */
  int circuits() {
    return 800;
  }

  @BeforeEach
  void open() {
    ledger = new Ledger(place(), clock);
    outbox =
        new Outbox(ledger, Rooms.TIMES, new GroupMessages(Links.NONE, true), room -> room, clock);
    products = ProductsFile.read(Path.of("config/products.yaml"));
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  Ledger ledger() {
    return ledger;
  }

  @Test
  void removesWhatIsOldWithItsGroupAndItsMessagesAndCountsItTheSameBeforehand() {
    fails("old", "an error of long ago");
    tellAll();
    ledger.transact(
        (handle, circuits) ->
            handle.execute(
                "insert into exported_orchestration values ('t1', 'h1', ?)", clock.now.toString()));
    clock.turn(YEAR);
    fails("young", "another error");
    tellAll();

    PurgedRows counted = purge(MONTH, true);
    PurgedRows removed = purge(MONTH, false);

    assertThat(removed.rows())
        .isEqualTo(
            Map.of(
                "occurrences",
                1L,
                "resources",
                1L,
                "groups",
                1L,
                "messages",
                1L,
                "orchestrations",
                1L,
                "follow_ups",
                0L))
        .isEqualTo(counted.rows());
    assertThat(purge(MONTH, false).sum()).isZero();
    assertThat(CircuitHistory.of(ledger, "old").isEmpty()).isTrue();
    CircuitHistory young = CircuitHistory.of(ledger, "young");
    assertThat(young.failures()).extracting(CircuitHistory.Failure::alert).containsExactly("told");
    assertThat(young.messages()).extracting(CircuitHistory.Message::state).containsExactly("sent");
    assertThat(Balance.of(ledger).imbalance()).isZero();
  }

  @Test
  void keepsTheFirstMessageOfAThreadThatGoesOn() {
    fails("first", "an error");
    tellAll();
    clock.turn(YEAR);
    fails("second", "an error");
    tellAll();

    PurgedRows removed = purge(MONTH, false);

    assertThat(removed.of("occurrences")).isEqualTo(1);
    assertThat(removed.of("groups")).isZero();
    assertThat(groups()).singleElement().matches(group -> group.failures() == 2);
    assertThat(rows("outbox o join failure_group g on g.thread_key = o.message_key")).isEqualTo(1);
  }

  @Test
  void keepsAlertsThatAreOwedOrOnTheirWay() {
    fails("planned", "one error");
    clock.turn(Duration.ofMinutes(1));
    outbox.plan();
    fails("owed", "another error");
    clock.turn(YEAR);

    PurgedRows removed = purge(MONTH, false);

    assertThat(removed.sum()).isZero();
    assertThat(outbox.depth().alerts()).isEqualTo(2);
    tellAll();
    assertThat(outbox.depth().alerts()).isZero();
  }

  @Test
  void keepsWhatADeadLetterIsAboutUntilSomebodyHasDecided() {
    fails("refused", "an error");
    clock.turn(Duration.ofMinutes(1));
    outbox.plan();
    outbox.giveUp(outbox.take().get(0), "client", "HTTP 404");
    Listing unreachable = Rooms.lists(ledger, products, "unreachable", OrchState.FAILED, 1);
    ledger.deadLetter("resource-of-unreachable", "server", "HTTP 500", "");
    clock.turn(YEAR);
    PurgedRows before = purge(MONTH, false);
    DeadLetterBox box = new DeadLetterBox(ledger, clock);

    box.list().forEach(letter -> box.drop(letter.key()));
    outbox.plan();
    PurgedRows after = purge(MONTH, false);

    assertThat(unreachable.fresh()).isTrue();
    assertThat(before.sum()).isZero();
    assertThat(after.of("occurrences")).isEqualTo(1);
    assertThat(after.of("messages")).isEqualTo(1);
    // What was never decided is not old, whoever throws its letter away.
    assertThat(CircuitHistory.of(ledger, "unreachable").resources()).hasSize(1);
    assertThat(CircuitHistory.of(ledger, "refused").isEmpty()).isTrue();
  }

  @Test
  void keepsGroupsThatSomebodyHasSpokenForUntilThatIsOver() {
    fails("c1", "an acknowledged error");
    fails("c2", "a muted error");
    fails("c3", "an error muted for a day");
    tellAll();
    FailureGroups groups = new FailureGroups(ledger, clock);
    groups.acknowledge(groupOf("c1"), "an engineer", "", Optional.empty());
    groups.mute(groupOf("c2"), "an engineer", "", clock.now.plus(YEAR).plus(MONTH));
    groups.mute(groupOf("c3"), "an engineer", "", clock.now.plus(Duration.ofDays(1)));
    clock.turn(YEAR);
    outbox.plan();

    PurgedRows removed = purge(MONTH, false);

    assertThat(removed.of("occurrences")).isEqualTo(3);
    assertThat(removed.of("groups")).isEqualTo(1);
    assertThat(groups())
        .extracting(group -> group.standing().state())
        .containsExactlyInAnyOrder(FailureGroup.State.ACKNOWLEDGED, FailureGroup.State.MUTED);
  }

  @Test
  void keepsResourcesThatHaveNotEndedOrThatPollsStillList() {
    fails("ended", "an error");
    Listing building = Rooms.lists(ledger, products, "building", OrchState.ACTIVATING, 1);
    fails("listed", "an error");
    fails("polled", "an error");
    Listing underWay = Rooms.lists(ledger, products, "polled", OrchState.FAILED, 1);
    tellAll();
    clock.turn(YEAR);
    Listing again = Rooms.lists(ledger, products, "listed", OrchState.FAILED, 1);
    new PollLeases(ledger).take("service_mapper", underWay.pollId());

    PurgedRows removed = purge(MONTH, false);

    assertThat(building.fresh()).isTrue();
    assertThat(again.fresh()).isFalse();
    assertThat(removed.of("resources")).isEqualTo(1);
    assertThat(known("ended", "building", "listed", "polled"))
        .containsExactly("building", "listed", "polled");
  }

  @Test
  void tellsNothingAnewThatItMayHaveKnown() {
    Failure first = fails("c1", "an error");
    tellAll();
    clock.turn(YEAR);
    purge(MONTH, false);

    Listing again = Rooms.lists(ledger, products, "c1", OrchState.FAILED, 1);
    Optional<String> sameAgain =
        Rooms.fails(ledger, products, again.pollId(), first, Optional.empty());
    Optional<String> aNewOne = failsNow("c1", "k-new");

    assertThat(again.fresh()).isTrue();
    assertThat(sameAgain).contains("forgotten");
    assertThat(aNewOne).isEmpty();
    assertThat(Balance.of(ledger).imbalance()).isZero();
    assertThat(groups()).singleElement().matches(group -> group.failures() == 1);
  }

  @Test
  void removesAllOfOneCircuitAndNothingOfOthers() {
    fails("alone", "an error that names alone");
    tellAll();
    fails("both-1", "a common error");
    fails("both-2", "a common error");
    tellAll();
    CircuitPurge.Removed counted = new CircuitPurge(ledger, clock).remove("alone", true);
    CircuitPurge.Removed alone = new CircuitPurge(ledger, clock).remove("alone", false);
    CircuitPurge.Removed oneOfTwo = new CircuitPurge(ledger, clock).remove("both-1", false);

    assertThat(alone.rows().rows())
        .isEqualTo(
            Map.of(
                "occurrences",
                1L,
                "resources",
                1L,
                "groups",
                1L,
                "messages",
                1L,
                "follow_ups",
                0L,
                "dead_letters",
                0L))
        .isEqualTo(counted.rows().rows());
    assertThat(alone.kept()).isEmpty();
    assertThat(oneOfTwo.rows().of("resources")).isEqualTo(1);
    assertThat(known("alone", "both-1", "both-2")).containsExactly("both-2");
    assertThat(rows("outbox where body like '%both-1%' or body like '%alone%'")).isZero();
    assertThat(rows("failure_group where example like '%alone%'")).isZero();
    assertThat(CircuitHistory.of(ledger, "both-2").messages()).hasSize(1);
    assertThat(Balance.of(ledger).imbalance()).isZero();
  }

  @Test
  void neitherReadsNorTellsARemovedCircuitAgainUntilSomethingNewHappens() {
    Failure first = fails("c1", "an error");
    tellAll();
    clock.turn(Duration.ofHours(1));
    new CircuitPurge(ledger, clock).remove("c1", false);

    Listing unchanged = Rooms.lists(ledger, products, "c1", OrchState.FAILED, 1);
    boolean isWrittenDown = !CircuitHistory.of(ledger, "c1").isEmpty();
    Listing changed = Rooms.lists(ledger, products, "c1", OrchState.FAILED, 2);
    Optional<String> oldError =
        Rooms.fails(ledger, products, changed.pollId(), first, Optional.empty());
    Optional<String> newError = failsNow("c1", "k-new");

    assertThat(unchanged.fresh()).isFalse();
    assertThat(unchanged.unchanged()).isEqualTo(1);
    assertThat(isWrittenDown).isFalse();
    assertThat(changed.fresh()).isTrue();
    assertThat(oldError).contains("forgotten");
    assertThat(newError).isEmpty();
  }

  @Test
  void keepsACircuitThatIsNotDoneWithAndSaysWhy() {
    fails("owed", "an error");
    Rooms.lists(ledger, products, "building", OrchState.ACTIVATING, 1);
    Rooms.lists(ledger, products, "undecided", OrchState.FAILED, 1);
    Listing underWay = Rooms.lists(ledger, products, "polled", OrchState.FAILED, 1);
    new PollLeases(ledger).take("service_mapper", underWay.pollId());

    assertThat(reasonToKeep("owed")).isEqualTo("its room is still to be told");
    assertThat(reasonToKeep("building")).isEqualTo("MDSO is not done with it");
    assertThat(reasonToKeep("undecided")).startsWith("it is not decided yet");
    assertThat(reasonToKeep("polled")).isEqualTo("a poll that lists it is under way");
    assertThat(known("owed", "building", "undecided", "polled")).hasSize(4);
  }

  @Test
  void removesTheDeadLettersOfACircuitUnlessOthersAreInThem() {
    Rooms.lists(ledger, products, "unreachable", OrchState.FAILED, 1);
    ledger.deadLetter("resource-of-unreachable", "server", "HTTP 500", "");
    refused("alone");
    refused("both-1", "both-2");

    CircuitPurge purge = new CircuitPurge(ledger, clock);
    long unreachable = purge.remove("unreachable", false).rows().of("dead_letters");
    long alone = purge.remove("alone", false).rows().of("dead_letters");

    assertThat(unreachable).isEqualTo(1);
    assertThat(alone).isEqualTo(1);
    assertThat(reasonToKeep("both-1")).startsWith("a dead letter tells of other circuits too");
    assertThat(new DeadLetterBox(ledger, clock).list()).hasSize(1);
    assertThat(Rooms.lists(ledger, products, "unreachable", OrchState.FAILED, 1).fresh()).isTrue();
  }

  @Test
  void isWholeWhereverItIsEndedAndGoesOnTheNextTime() {
    int circuits = Math.min(circuits(), 300);
    for (int i = 0; i < circuits; i++) {
      fails("c" + i, "an error called " + (char) ('a' + i % 20));
    }
    tellAll();
    clock.turn(YEAR);
    long removed = 0;
    int ended = 0;
    for (int turns = 0; removed < 2L * circuits && ended < 100; turns++) {
      AtomicInteger left = new AtomicInteger(turns);
      LedgerPurge purge = new LedgerPurge(ledger, clock);
      PurgedRows some =
          purge.olderThan(clock.now.minus(MONTH), false, () -> left.getAndDecrement() > 0);
      removed += some.of("occurrences") + some.of("resources");
      ended++;
      assertThat(Balance.of(ledger).imbalance()).isZero();
      assertThat(
              rows(
                  "occurrence o where not exists (select 1 from resource r"
                      + " where r.resource_id = o.resource_id)"))
          .isZero();
      assertThat(
              rows(
                  "occurrence o where not exists (select 1 from failure_group g"
                      + " where g.group_id = o.group_id)"))
          .isZero();
    }
    purge(MONTH, false);

    assertThat(removed).isEqualTo(2L * circuits);
    assertThat(ended).isGreaterThanOrEqualTo(3);
    for (String table : List.of("resource", "occurrence", "failure_group", "outbox")) {
      assertThat(rows(table)).as(table).isZero();
    }
  }

  @Test
  void letsCircuitsBeDecidedMeanwhile() throws Exception {
    int circuits = circuits();
    for (int i = 0; i < circuits; i++) {
      fails("c" + i, "an error called " + (char) ('a' + i % 20));
    }
    tellAll();
    Instant limit = clock.now.plus(MONTH);
    clock.turn(YEAR);

    Semaphore decisions = new Semaphore(0);
    CompletableFuture<PurgedRows> purge =
        CompletableFuture.supplyAsync(
            () ->
                new LedgerPurge(ledger, clock).olderThan(limit, false, () -> isPatient(decisions)));
    int decided = 0;
    while (!purge.isDone()) {
      // The same kinds of errors, so that their groups are wanted while they are purged.
      fails("d" + decided, "an error called " + (char) ('a' + decided % 20));
      decided++;
      decisions.release();
    }
    PurgedRows removed = purge.get(2, TimeUnit.MINUTES);

    assertThat(decided).isGreaterThan(1);
    assertThat(removed.of("occurrences")).isEqualTo(circuits);
    assertThat(rows("occurrence where alert = 'owed'")).isEqualTo(decided);
    assertThat(rows("occurrence o join failure_group g on g.group_id = o.group_id"))
        .isEqualTo(decided);
  }

  /** Goes on with the next part of a purge when more has been decided meanwhile. */
  private static boolean isPatient(Semaphore decisions) {
    try {
      return decisions.tryAcquire(2, 1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Test
  void pagesGroupsByTheirStateOfThisMoment() {
    fails("c1", "one error");
    clock.turn(Duration.ofSeconds(1));
    fails("c2", "another error");
    clock.turn(Duration.ofSeconds(1));
    fails("c3", "a third error");
    FailureGroups groups = new FailureGroups(ledger, clock);
    groups.mute(groupOf("c1"), "an engineer", "", clock.now.plus(Duration.ofHours(1)));
    groups.resolve(groupOf("c2"), "an engineer", "");
    Set<FailureGroup.State> ongoing = EnumSet.of(FailureGroup.State.ONGOING);
    long before = groups.count(ongoing);
    clock.turn(Duration.ofHours(2));

    assertThat(before).isZero();
    assertThat(groups.page(ongoing, 10)).extracting(GroupRow::id).containsExactly(groupOf("c1"));
    assertThat(groups.page(EnumSet.allOf(FailureGroup.State.class), 2))
        .extracting(GroupRow::id)
        .containsExactly(groupOf("c3"), groupOf("c2"));
    assertThat(groups.count(EnumSet.allOf(FailureGroup.State.class))).isEqualTo(3);
  }

  private Failure fails(String circuit, String error) {
    Listing listing = Rooms.lists(ledger, products, circuit, OrchState.FAILED, 1);
    Failure failure = Failure.of("k-" + circuit, circuit, clock.now).error(error);
    Rooms.fails(ledger, products, listing.pollId(), failure, Optional.empty());
    return failure;
  }

  /** Another error, in the poll that listed the circuit last. */
  private Optional<String> failsNow(String circuit, String key) {
    Listing listing = Rooms.lists(ledger, products, circuit, OrchState.FAILED, 9);
    return Rooms.fails(
        ledger, products, listing.pollId(), Failure.of(key, circuit, clock.now), Optional.empty());
  }

  /** Fails circuits together whose room refuses the message. */
  private void refused(String... circuits) {
    for (String circuit : circuits) {
      fails(circuit, "an error of " + "x".repeat(circuits.length));
    }
    clock.turn(Duration.ofMinutes(1));
    outbox.plan();
    outbox.take().forEach(delivery -> outbox.giveUp(delivery, "client", "HTTP 404"));
  }

  /** Lets everything be told that is owed; nothing is due of itself afterwards. */
  private void tellAll() {
    outbox.hurry(true);
    for (boolean more = true; more; ) {
      outbox.plan();
      List<Delivery> lent = outbox.take();
      lent.forEach(each -> outbox.sent(each, Optional.of("webex"), Optional.empty()));
      more = !lent.isEmpty();
      clock.turn(Duration.ofMinutes(1));
    }
    outbox.hurry(false);
    ledger.transact((handle, circuits) -> handle.execute("update failure_group set due_at = null"));
  }

  private PurgedRows purge(Duration keptFor, boolean trial) {
    return new LedgerPurge(ledger, clock).olderThan(clock.now.minus(keptFor), trial, () -> true);
  }

  private String reasonToKeep(String circuit) {
    return new CircuitPurge(ledger, clock).remove(circuit, false).kept().get(0).reason();
  }

  private String groupOf(String circuit) {
    return CircuitHistory.of(ledger, circuit).failures().get(0).groupId().orElseThrow();
  }

  private List<GroupRow> groups() {
    return new FailureGroups(ledger, clock).list();
  }

  private List<String> known(String... circuits) {
    return List.of(circuits).stream()
        .filter(circuit -> !CircuitHistory.of(ledger, circuit).isEmpty())
        .toList();
  }

  private long rows(String from) {
    return ledger.transact(
        (handle, circuits) ->
            handle.createQuery("select count(*) from " + from).mapTo(Long.class).one());
  }
}
