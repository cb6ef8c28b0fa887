package io.orchscope.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.alert.Delivery;
import io.orchscope.alert.GroupMessages;
import io.orchscope.alert.Links;
import io.orchscope.alert.Suppression;
import io.orchscope.defect.FailureGroup;
import io.orchscope.ledger.Rooms.Failure;
import io.orchscope.settings.Products;
import io.orchscope.settings.ProductsFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When rooms are told, and how often, by a clock that the test turns; wherever the ledger is. */
abstract class OutboxTest {

  /** In a message, or at the start of a line of a table. */
  private static final Pattern CIRCUIT = Pattern.compile("(?:`|\n)(c[0-9]+)[`,]");

  private static final Instant NOON = Instant.parse("2024-03-01T12:00:00Z");

  /** When a room was sent something, message or edit. */
  private record Moment(String roomId, Instant at) {}

  private final Hands clock = new Hands(NOON);
  private final List<Delivery> posted = new ArrayList<>();
  private final List<Delivery> edits = new ArrayList<>();
  private final List<Moment> moments = new ArrayList<>();
  private Ledger ledger;
  private Outbox outbox;
  private Products products;

  /** An empty one for each test. */
  abstract LedgerPlace place();

  @BeforeEach
  void open() {
    ledger = new Ledger(place(), clock);
    outbox = outbox(ledger);
    products = ProductsFile.read(Path.of("config/products.yaml"));
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void waitsForMoreFailuresOfAGroupBeforeItTellsTheFirst() {
    fail("k1", "c1");
    pass(Duration.ofSeconds(20));
    fail("k2", "c2");
    pass(Duration.ofSeconds(9));
    int early = posted.size();

    pass(Duration.ofSeconds(2));

    assertThat(early).isZero();
    assertThat(posted).hasSize(1);
    assertThat(posted.get(0).message().markdown())
        .contains("`c1`", "`c2`", "2 failures of 2 circuits");
    assertThat(outbox.depth().alerts()).isZero();
  }

  @Test
  void tellsLaterFailuresInTheThreadOfTheFirstWhenTheIntervalIsOver() {
    fail("k1", "c1");
    pass(Duration.ofSeconds(31));

    fail("k2", "c2");
    pass(Duration.ofMinutes(4));
    int early = posted.size();
    pass(Duration.ofMinutes(2));

    assertThat(early).isEqualTo(1);
    assertThat(posted).hasSize(2);
    assertThat(posted.get(0).parentId()).isEmpty();
    assertThat(posted.get(1).parentId()).contains(webexId(posted.get(0)));
    assertThat(posted.get(1).message().markdown()).contains("`c2`");
  }

  @Test
  void leadsToAllOfFiveHundredCircuitsFromOneThread() {
    for (int i = 0; i < 500; i++) {
      fail("k" + i, "c" + i);
    }
    pass(Duration.ofSeconds(31));

    Set<String> reachable = new HashSet<>();
    for (Delivery each : posted) {
      String file = each.message().file().map(table -> table.text()).orElse("");
      for (int i = 0; i < 500; i++) {
        if (file.contains("c" + i + ",") || each.message().markdown().contains("`c" + i + "`")) {
          reachable.add("c" + i);
        }
      }
    }
    assertThat(posted).hasSize(2);
    assertThat(posted.get(0).message().markdown()).contains("Showing 5 of 500 circuits");
    assertThat(posted.get(1).message().markdown()).contains("Showing 40 of 500 circuits");
    assertThat(posted).allMatch(each -> each.message().markdown().length() < 7_439);
    assertThat(reachable).hasSize(500);
    assertThat(outbox.depth().alerts()).isZero();
  }

  @Test
  void leadsToAllCircuitsFromOneThreadWhenOthersFailBetweenItsMessages() {
    for (int i = 0; i < 400; i++) {
      fail("k" + i, "c" + i);
    }
    pass(Duration.ofSeconds(31));
    for (int i = 400; i < 500; i++) {
      fail("k" + i, "c" + i);
    }
    clock.now = clock.now.plus(Rooms.TIMES.groupInterval()).minusSeconds(32);
    for (int i = 0; i < 60; i++) {
      failAs("other" + i, "d" + i, "an error called " + letters(i), "room-1");
    }
    pass(Duration.ofMinutes(12));

    Set<String> reachable = new HashSet<>();
    for (Delivery each : posted) {
      boolean isInThread =
          each == posted.get(0)
              || each.parentId().filter(webexId(posted.get(0))::equals).isPresent();
      String file = each.message().file().map(table -> table.text()).orElse("");
      for (int i = 0; isInThread && i < 500; i++) {
        if (file.contains("c" + i + ",")) {
          reachable.add("c" + i);
        }
      }
    }
    assertThat(reachable).hasSize(500);
    assertThat(told(500)).isEqualTo(500);
    assertThat(posted.stream().filter(each -> each.message().markdown().contains("kinds.**")))
        .isNotEmpty();
    assertThat(most(Duration.ofMinutes(1), "room-1"))
        .isLessThanOrEqualTo(Rooms.TIMES.messagesPerMinute());
    assertThat(outbox.depth().alerts()).isZero();
  }

  @Test
  void tellsThousandsOfOneKindInTablesThatFitIntoMemory() {
    int failures = Owed.Limit.MOST + 100;
    for (int i = 0; i < failures; i++) {
      fail("k" + i, "c" + i);
    }
    pass(Duration.ofMinutes(2));

    assertThat(told(failures)).isEqualTo(failures);
    assertThat(outbox.depth().alerts()).isZero();
    assertThat(posted).hasSize(3);
    assertThat(posted.subList(1, 3))
        .allSatisfy(
            each -> {
              assertThat(each.parentId()).contains(webexId(posted.get(0)));
              assertThat(each.message().file().orElseThrow().text().lines().count())
                  .isLessThanOrEqualTo(Owed.Limit.MOST + 1);
            });
  }

  @Test
  void doesNotHoldARoomUpForAMessageThatNobodyCanRead() {
    fail("k1", "c1");
    clock.now = clock.now.plusSeconds(31);
    outbox.plan();
    ledger.transact((handle, circuits) -> handle.execute("update outbox set body = '{'"));
    failAs("k2", "c2", "another error", "room-1");
    pass(Duration.ofMinutes(1));

    assertThat(posted).singleElement().satisfies(each -> assertThat(each.key()).isNotEmpty());
    assertThat(posted.get(0).message().markdown()).contains("`c2`");
    assertThat(ledger.deadLettersByKind()).containsEntry("alert", 1L);
    assertThat(outbox.depth().alerts()).isZero();
  }

  @Test
  void tellsManyGroupsOfARoomInOneDigestAndNoMoreThanTheRoomBears() {
    for (int i = 0; i < 300; i++) {
      failAs("k" + i, "c" + i, "an error called " + letters(i), "room-1");
    }
    pass(Duration.ofMinutes(12));

    assertThat(most(Duration.ofMinutes(1), "room-1"))
        .isLessThanOrEqualTo(Rooms.TIMES.messagesPerMinute());
    assertThat(outbox.depth().alerts()).isZero();
    assertThat(told(300)).isEqualTo(300);
    System.out.println("OutboxTest: 300 groups in " + posted.size() + " messages");
  }

  /** How many circuits fail while Webex is away; fewer where each takes its time. */
  int failuresOfAnHour() {
    return 5_000;
  }

  @Test
  void tellsAllThatFailedWhileWebexWasAwayForAnHourWithoutFloodingARoom() {
    Instant back = clock.now.plus(Duration.ofHours(1));
    int failures = failuresOfAnHour();
    for (int i = 0; i < failures; i++) {
      clock.now = back.minus(Duration.ofHours(1)).plusMillis(i * 3_600_000L / failures);
      failAs("k" + i, "c" + i, "an error called " + letters(i % 200), "room-" + i % 3);
      if (i % 20 == 0) {
        outbox.plan();
        outbox
            .take()
            .forEach(each -> outbox.putBack(each, "server", "HTTP 503", clock.now.plusSeconds(30)));
      }
    }
    clock.now = back;
    int owed = (int) outbox.depth().alerts();

    pass(Duration.ofMinutes(40));

    assertThat(owed).isEqualTo(failures);
    assertThat(outbox.depth().alerts()).isZero();
    assertThat(told(failures)).isEqualTo(failures);
    for (String room : List.of("room-0", "room-1", "room-2")) {
      assertThat(most(Duration.ofMinutes(1), room))
          .isLessThanOrEqualTo(Rooms.TIMES.messagesPerMinute());
      // The first shows that Webex is there again; it may be any that waited.
      assertThat(posted.stream().filter(each -> each.roomId().equals(room)).skip(1))
          .extracting(Delivery::plannedAt)
          .isSorted();
    }
    System.out.printf(
        "OutboxTest: an hour without Webex, %d failures of 200 kinds in 3 rooms: %d messages after"
            + " it, at most %d in a minute in one room, lost 0%n",
        failures, posted.size(), most(Duration.ofMinutes(1), "room-0"));
  }

  @Test
  void tellsAgainAtTheTopWhatStillFailsAfterTheRepeatInterval() {
    fail("k1", "c1");
    pass(Duration.ofSeconds(31));

    pass(Duration.ofHours(12));

    assertThat(posted).hasSize(2);
    assertThat(posted.get(1).parentId()).isEmpty();
    assertThat(posted.get(1).message().markdown()).contains("Still new");
    pass(Duration.ofHours(40));
    assertThat(posted).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void saysOnceInTheThreadThatAGroupIsOver() {
    fail("k1", "c1");
    pass(Duration.ofSeconds(31));

    Rooms.succeeds(ledger, products, "c1", clock.now);
    pass(Duration.ofMinutes(10));

    assertThat(state()).isEqualTo(FailureGroup.State.RESOLVED);
    assertThat(posted).hasSize(2);
    assertThat(posted.get(1).parentId()).contains(webexId(posted.get(0)));
    assertThat(posted.get(1).message().markdown()).startsWith("Resolved");
  }

  @Test
  void putsTheFirstMessageOfAGroupAnewAsLongAsWebexAllows() {
    fail("k0", "c0");
    pass(Duration.ofSeconds(31));
    for (int i = 1; i <= 12; i++) {
      fail("k" + i, "c" + i);
      pass(Duration.ofMinutes(6));
    }
    int whileOpen = edits.size();
    for (int i = 0; i <= 12; i++) {
      Rooms.succeeds(ledger, products, "c" + i, clock.now);
    }
    pass(Duration.ofMinutes(10));

    String first = posted.get(0).message().markdown();
    assertThat(whileOpen).isEqualTo(8);
    assertThat(edits).hasSize(9);
    assertThat(edits)
        .allSatisfy(
            edit -> {
              assertThat(edit.editedId()).contains(webexId(posted.get(0)));
              assertThat(edit.parentId()).isEmpty();
              assertThat(edit.message().markdown()).startsWith(first);
            });
    assertThat(edits.get(0).message().markdown())
        .contains("**Now ongoing**: 2 failures of 2 circuits");
    assertThat(edits.get(8).message().markdown()).contains("**Now resolved**: 13 failures");
  }

  @Test
  void editsNothingThatWebexLetsNobodyEditAndKeepsNoDeadLetterOfARefusedEdit() {
    for (int i = 0; i < 300; i++) {
      failAs("k" + i, "c" + i, "an error called " + letters(i), "room-1");
    }
    pass(Duration.ofMinutes(1));
    int ofFileOrCard = edits.size();
    fail("x0", "c900");
    pass(Duration.ofMinutes(20));
    fail("x1", "c901");
    turn(Duration.ofMinutes(6));
    outbox.plan();
    List<Delivery> lent = outbox.take();
    post(lent.get(0));
    Delivery edit = outbox.take().get(0);
    outbox.giveUp(edit, "client", "HTTP 400 from Webex");
    pass(Duration.ofMinutes(1));

    assertThat(ofFileOrCard).isZero();
    assertThat(edit.isEdit()).isTrue();
    assertThat(new DeadLetterBox(ledger, clock).list()).isEmpty();
    assertThat(outbox.movable()).isZero();
  }

  @Test
  void opensAResolvedGroupAgainWithAMessageOfItsOwn() {
    fail("k1", "c1");
    pass(Duration.ofSeconds(31));
    Rooms.succeeds(ledger, products, "c1", clock.now);
    pass(Duration.ofMinutes(10));

    fail("k2", "c1");
    pass(Duration.ofSeconds(31));

    assertThat(state()).isEqualTo(FailureGroup.State.REGRESSED);
    assertThat(posted).hasSize(3);
    assertThat(posted.get(2).parentId()).isEmpty();
    assertThat(posted.get(2).message().markdown()).contains("has come back");
  }

  @Test
  void tellsNobodyOfWhatIsMutedOrRepeatedOrTooHarmless() {
    Failure first = Failure.of("k1", "c1", clock.now);
    Optional<String> told = Rooms.fails(ledger, products, first);
    Optional<String> again = Rooms.fails(ledger, products, first);
    String group = new FailureGroups(ledger, clock).list().get(0).id();
    FailureGroups groups = new FailureGroups(ledger, clock);
    groups.mute(group, "an engineer", "a planned change", clock.now.plus(Duration.ofHours(1)));
    Optional<String> muted = fail("k2", "c2");
    Optional<String> harmless =
        Rooms.fails(
            ledger,
            products,
            Failure.of("k3", "c3", clock.now).error("another thing"),
            Optional.of(Suppression.BELOW_SEVERITY));
    Map<String, Long> inTheMeantime = planAfter(Duration.ofSeconds(31));
    pass(Duration.ofHours(2));
    Optional<String> afterwards = fail("k4", "c4");

    assertThat(told).isEmpty();
    assertThat(again).contains("repeated");
    assertThat(muted).contains("muted");
    assertThat(harmless).contains("below_severity");
    assertThat(inTheMeantime).isEqualTo(Map.of("muted", 1L));
    assertThat(posted).isEmpty();
    assertThat(afterwards).isEmpty();
  }

  @Test
  void letsOtherThreadsAndRoomsGoOnAfterSecondsWhenOneMessageFailsAgainAndAgain() {
    failAs("k1", "c1", "first", "room-1");
    failAs("k2", "c2", "second", "room-2");
    turn(Duration.ofSeconds(31));
    outbox.plan();
    List<Delivery> lent = outbox.take();
    Delivery refused = of(lent, "room-1");
    putBack(refused, Duration.ofMinutes(10));
    post(of(lent, "room-2"));

    List<Duration> waits = new ArrayList<>();
    for (int i = 3; i < 8; i++) {
      failAs("k" + i, "c" + i, "an error called " + letters(i), "room-1");
      turn(Duration.ofSeconds(31));
      Instant due = clock.now;
      outbox.plan();
      int before = posted.size();
      while (posted.size() == before) {
        outbox.take().forEach(postUnlessItIs(refused));
        turn(Duration.ofSeconds(1));
      }
      waits.add(Duration.between(due, clock.now));
    }
    pass(Duration.ofMinutes(10));

    assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofSeconds(10)) < 0);
    assertThat(posted).filteredOn(each -> each.key().equals(refused.key())).hasSize(1);
    assertThat(posted).hasSize(7);
  }

  @Test
  void keepsTheOrderOfAThreadWhoseFirstMessageFails() {
    for (int i = 0; i < 500; i++) {
      fail("k" + i, "c" + i);
    }
    turn(Duration.ofSeconds(31));
    outbox.plan();
    Delivery root = outbox.take().get(0);
    putBack(root, Duration.ofMinutes(3));
    failAs("x1", "c900", "another error", "room-1");
    pass(Duration.ofMinutes(5));

    assertThat(posted).hasSize(3);
    assertThat(posted.get(0).message().markdown()).contains("`c900`");
    assertThat(posted.get(1).key()).isEqualTo(root.key());
    assertThat(posted.get(2).parentId()).contains(webexId(root));
  }

  @Test
  void triesOneMessageOfARoomPerPauseWhileWebexIsUnavailableAndSendsAllInOrderAfterIt() {
    for (int i = 0; i < 10; i++) {
      failAs("k" + i, "c" + i, "an error called " + letters(i), "room-1");
    }
    turn(Duration.ofSeconds(31));
    outbox.plan();
    int tried = 0;
    for (int second = 0; second < 3_600; second++) {
      turn(Duration.ofSeconds(1));
      List<Delivery> lent = outbox.take();
      tried += lent.size();
      lent.forEach(each -> putBack(each, Duration.ofMinutes(10)));
    }
    pass(RoomBackoff.LONGEST_PAUSE.plusSeconds(15));

    assertThat(tried).isBetween(50, 70);
    assertThat(told(10)).isEqualTo(10);
    assertThat(posted.stream().skip(1)).extracting(Delivery::plannedAt).isSorted();
  }

  @Test
  void goesOnWithTheRoomAtOnceWhenAFaultConcernsOneMessageOnly() {
    failAs("k1", "c1", "first", "room-1");
    failAs("k2", "c2", "second", "room-1");
    turn(Duration.ofSeconds(31));
    outbox.plan();
    Delivery broken = outbox.take().get(0);
    outbox.defer(broken, "internal", "NullPointerException", clock.now.plusSeconds(600));

    List<Delivery> next = outbox.take();

    assertThat(next).hasSize(1).noneMatch(each -> each.key().equals(broken.key()));
  }

  @Test
  void letsRepliesPassAnEditThatWaits() {
    fail("k1", "c1");
    pass(Duration.ofSeconds(31));
    fail("k2", "c2");
    turn(Duration.ofMinutes(6));
    outbox.plan();
    post(outbox.take().get(0));
    Delivery edit = outbox.take().get(0);
    outbox.defer(edit, "server", "HTTP 503", clock.now.plus(Duration.ofHours(1)));
    fail("k3", "c3");
    turn(Duration.ofMinutes(6));
    outbox.plan();

    List<Delivery> next = outbox.take();

    assertThat(edit.isEdit()).isTrue();
    assertThat(next).hasSize(1);
    assertThat(next.get(0).message().markdown()).contains("`c3`");
  }

  @Test
  void opensANewThreadOnceWhenTheFirstMessageIsGoneAndFollowsItWithRepliesAndEdits() {
    fail("k1", "c1");
    pass(Duration.ofSeconds(31));
    Delivery root = posted.get(0);
    fail("k2", "c2");
    turn(Duration.ofMinutes(6));
    outbox.plan();
    Delivery reply = outbox.take().get(0);
    outbox.parentLost(reply, "HTTP 404 from Webex");
    Delivery again = outbox.take().get(0);
    post(again);
    pass(Duration.ofMinutes(1));
    int editsOfTheOld = edits.size();
    fail("k3", "c3");
    pass(Duration.ofMinutes(6));

    assertThat(reply.parentId()).contains(webexId(root));
    assertThat(again.key()).isEqualTo(reply.key());
    assertThat(again.parentId()).isEmpty();
    assertThat(editsOfTheOld).isZero();
    assertThat(posted).extracting(Delivery::key).startsWith(root.key(), reply.key()).hasSize(3);
    assertThat(posted.get(2).parentId()).contains(webexId(reply));
    assertThat(edits).hasSize(1);
    assertThat(edits.get(0).editedId()).contains(webexId(reply));
    assertThat(edits.get(0).message().markdown()).contains("`c2`");
  }

  @Test
  void opensAThirdThreadWhenTheSecondIsGoneTooAndKeepsTheOneOfACrash() {
    fail("k1", "c1");
    pass(Duration.ofSeconds(31));
    for (int i = 2; i < 4; i++) {
      fail("k" + i, "c" + i);
      turn(Duration.ofMinutes(6));
      outbox.plan();
      outbox.parentLost(outbox.take().get(0), "HTTP 404 from Webex");
      ledger.close();
      ledger = new Ledger(place(), clock);
      outbox = outbox(ledger);
      post(outbox.take().get(0));
      pass(Duration.ofMinutes(1));
    }
    fail("k4", "c4");
    pass(Duration.ofMinutes(6));

    assertThat(posted).hasSize(4);
    assertThat(posted.subList(0, 3)).allMatch(each -> each.parentId().isEmpty());
    assertThat(posted.get(3).parentId()).contains(webexId(posted.get(2)));
  }

  @Test
  void makesTheNextMessageTheFirstOfAThreadWhenTheFirstHasNoUsableId() {
    fail("k1", "c1");
    turn(Duration.ofSeconds(31));
    outbox.plan();
    outbox.sent(outbox.take().get(0), Optional.empty(), Optional.empty());
    fail("k2", "c2");
    pass(Duration.ofMinutes(6));
    fail("k3", "c3");
    pass(Duration.ofMinutes(6));

    assertThat(posted).hasSize(2);
    assertThat(posted.get(0).parentId()).isEmpty();
    assertThat(posted.get(1).parentId()).contains(webexId(posted.get(0)));
  }

  @Test
  void neverSendsAnIdThatALedgerOfAnOlderVersionHoldsAndCannotBeUsed() {
    fail("k1", "c1");
    pass(Duration.ofSeconds(31));
    ledger.transact(
        (handle, circuits) ->
            handle.execute("update outbox set webex_id = ?", "../rooms?x=1\r\nX: y"));
    fail("k2", "c2");
    pass(Duration.ofMinutes(6));

    assertThat(posted).hasSize(2).allMatch(each -> each.parentId().isEmpty());
    assertThat(edits).isEmpty();
    assertThat(new RoomTraffic(ledger).list("dropped", 0, 10))
        .extracting(RoomTraffic.Message::kind)
        .containsOnly("edit");
    assertThat(outbox.movable()).isZero();
  }

  @Test
  void writesTheMessagesOfOtherGroupsWhenOneGroupCannotBeWritten() {
    fail("k1", "c1");
    ledger.transact((handle, circuits) -> spoil(handle));
    failAs("k2", "c2", "another error", "room-1");
    pass(Duration.ofMinutes(1));
    int inTime = posted.size();
    for (int i = 3; i < 300; i++) {
      failAs("k" + i, "c" + i, "an error called " + letters(i), "room-1");
    }
    pass(Duration.ofMinutes(12));

    assertThat(inTime).isEqualTo(1);
    assertThat(told(300)).isEqualTo(298);
    assertThat(outbox.depth().alerts()).isEqualTo(1);
  }

  @Test
  void makesADeadLetterOfWhatIsRefusedForGoodAndSendsItWhenSomebodySaysSo() {
    fail("k1", "c1");
    turn(Duration.ofSeconds(31));
    outbox.plan();
    Delivery refused = outbox.take().get(0);
    outbox.giveUp(refused, "client", "HTTP 404 from Webex");
    DeadLetterBox box = new DeadLetterBox(ledger, clock);
    List<DeadLetter> letters = box.list();
    long owed = outbox.depth().alerts();

    boolean retried = box.retry(letters.get(0).key());
    pass(Duration.ofSeconds(1));

    assertThat(letters).extracting(DeadLetter::reason).containsExactly("client");
    assertThat(owed).isZero();
    assertThat(retried).isTrue();
    assertThat(posted).hasSize(1);
    assertThat(box.list()).isEmpty();
  }

  @Test
  void lendsAMessageToOneProcessAndToAnotherWhenItDoesNotComeBack() {
    try (Ledger elsewhere = new Ledger(place(), clock)) {
      Outbox other = outbox(elsewhere);
      fail("k1", "c1");
      turn(Duration.ofSeconds(31));
      outbox.plan();
      Delivery lent = outbox.take().get(0);
      other.plan();
      List<Delivery> meanwhile = other.take();
      turn(Loans.LENGTH.plusSeconds(1));
      List<Delivery> later = other.take();

      assertThat(meanwhile).isEmpty();
      assertThat(later).extracting(Delivery::key).containsExactly(lent.key());
      assertThat(outbox.keep(lent)).isFalse();
      assertThat(other.keep(later.get(0))).isTrue();
    }
  }

  @Test
  void lendsAMessageToOneOfTwoProcessesThatTakeItAtTheSameTime() {
    try (Ledger elsewhere = new Ledger(place(), clock)) {
      Outbox other = outbox(elsewhere);
      fail("k1", "c1");
      turn(Duration.ofSeconds(31));
      outbox.plan();
      CompletableFuture<List<Delivery>> there = new CompletableFuture<>();
      Loans loans = new Loans(Rooms.TIMES.messagesPerMinute(), clock);

      List<Delivery> here =
          ledger.transact(
              (handle, circuits) -> {
                onceListed(handle, () -> takeMeanwhile(other).thenAccept(there::complete));
                return loans.take(handle, clock.millis(), Integer.MAX_VALUE);
              });

      List<Delivery> all = new ArrayList<>(here);
      all.addAll(there.orTimeout(1, TimeUnit.MINUTES).join());
      assertThat(all).extracting(Delivery::roomId).hasSize(1);
    }
  }

  @Test
  void remembersWhatIsOwedAcrossARestart() {
    fail("k1", "c1");
    ledger.close();

    ledger = new Ledger(place(), clock);
    outbox = outbox(ledger);
    pass(Duration.ofSeconds(31));

    assertThat(posted).hasSize(1);
  }

  private static Outbox outbox(Ledger ledger) {
    return new Outbox(
        ledger, Rooms.TIMES, new GroupMessages(Links.NONE, true), room -> room, ledger.clock());
  }

  private Optional<String> fail(String key, String circuit) {
    return Rooms.fails(ledger, products, Failure.of(key, circuit, clock.now));
  }

  private void failAs(String key, String circuit, String error, String room) {
    Rooms.fails(ledger, products, Failure.of(key, circuit, clock.now).error(error).room(room));
  }

  /** Digits would be masked in a fingerprint. */
  private static String letters(int number) {
    return number == 0 ? "a" : (char) ('a' + number % 26) + letters(number / 26);
  }

  private FailureGroup.State state() {
    return new FailureGroups(ledger, clock).list().get(0).standing().state();
  }

  private void turn(Duration time) {
    clock.turn(time);
  }

  private Map<String, Long> planAfter(Duration time) {
    turn(time);
    return outbox.plan();
  }

  /** Lets time pass, a second or a two-hundredth of it at a time, and posts what is due. */
  private void pass(Duration time) {
    Instant end = clock.now.plus(time);
    Duration step = time.dividedBy(200);
    Duration least = Duration.ofSeconds(1);
    while (clock.now.isBefore(end)) {
      Instant next = clock.now.plus(step.compareTo(least) > 0 ? step : least);
      clock.now = next.isAfter(end) ? end : next;
      outbox.plan();
      outbox.take().forEach(this::post);
    }
  }

  private void post(Delivery delivery) {
    outbox.sent(delivery, Optional.of(webexId(delivery)), Optional.of("ROUTER_TEST"));
    (delivery.isEdit() ? edits : posted).add(delivery);
    moments.add(new Moment(delivery.roomId(), clock.now));
  }

  /** An alert that can be read, and not written about. */
  private static int spoil(Handle handle) {
    String body = handle.createQuery("select alert_body from occurrence").mapTo(String.class).one();
    String spoiled = body.replaceAll("\"severity\":\"[A-Z_]+\"", "\"severity\":null");
    assertThat(spoiled).isNotEqualTo(body);
    return handle.execute("update occurrence set alert_body = ?", spoiled);
  }

  private void putBack(Delivery delivery, Duration pause) {
    outbox.putBack(delivery, "server", "HTTP 503", clock.now.plus(pause));
  }

  private Consumer<Delivery> postUnlessItIs(Delivery refused) {
    return each -> {
      if (each.key().equals(refused.key())) {
        putBack(each, Duration.ofMinutes(1));
      } else {
        post(each);
      }
    };
  }

  /** Acts when the waiting messages of a room have been read and none of them is leased yet. */
  private static void onceListed(Handle handle, Runnable act) {
    AtomicBoolean isDone = new AtomicBoolean();
    handle
        .getConfig(SqlStatements.class)
        .setSqlLogger(
            new SqlLogger() {
              @Override
              public void logAfterExecution(StatementContext context) {
                boolean lists = context.getRenderedSql().contains("order by planned_at");
                if (lists && isDone.compareAndSet(false, true)) {
                  act.run();
                }
              }
            });
  }

  /** What another process takes: at once, or after our transaction where only one may write. */
  private static CompletableFuture<List<Delivery>> takeMeanwhile(Outbox other) {
    CompletableFuture<List<Delivery>> taken = CompletableFuture.supplyAsync(other::take);
    CompletableFuture<Object> limit =
        new CompletableFuture<>().completeOnTimeout("", 2, TimeUnit.SECONDS);
    CompletableFuture.anyOf(taken, limit).join();
    return taken;
  }

  private static String webexId(Delivery delivery) {
    return "webex-" + delivery.key();
  }

  private static Delivery of(List<Delivery> lent, String room) {
    return lent.stream().filter(each -> each.roomId().equals(room)).findFirst().orElseThrow();
  }

  /** The most messages of a room within any span of this length. */
  private long most(Duration span, String room) {
    List<Instant> ofRoom =
        moments.stream().filter(each -> each.roomId().equals(room)).map(Moment::at).toList();
    return ofRoom.stream()
        .mapToLong(
            from ->
                ofRoom.stream()
                    .filter(at -> !at.isBefore(from) && at.isBefore(from.plus(span)))
                    .count())
        .max()
        .orElse(0);
  }

  private long told(int circuits) {
    Set<String> found = new HashSet<>();
    for (Delivery each : posted) {
      String all =
          each.message().markdown() + each.message().file().map(file -> file.text()).orElse("");
      CIRCUIT.matcher(all).results().forEach(circuit -> found.add(circuit.group(1)));
    }
    return found.stream().filter(name -> Integer.parseInt(name.substring(1)) < circuits).count();
  }
}
