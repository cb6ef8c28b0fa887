package io.orchscope.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.alert.AlertTimes;
import io.orchscope.alert.Delivery;
import io.orchscope.alert.GroupMessages;
import io.orchscope.alert.Links;
import io.orchscope.alert.Suppression;
import io.orchscope.circuit.OrchState;
import io.orchscope.defect.Naming;
import io.orchscope.defect.Severity;
import io.orchscope.errortest.ErrorTestFinding;
import io.orchscope.errortest.ErrorTestPlan;
import io.orchscope.errortest.ErrorTestPlan.Kind;
import io.orchscope.errortest.Outcome;
import io.orchscope.ledger.Rooms.Failure;
import io.orchscope.settings.Products;
import io.orchscope.settings.ProductsFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of what tests found, by a clock that the test turns; wherever the ledger is. */
abstract class FindingsTest {

  private static final Instant NOON = Instant.parse("2024-03-01T12:00:00Z");
  private static final Duration YEAR = Duration.ofDays(365);

  private final Hands clock = new Hands(NOON);
  private final List<Delivery> posted = new ArrayList<>();
  private final List<Instant> moments = new ArrayList<>();
  private Ledger ledger;
  private Outbox outbox;
  private ErrorTestFindings findings;
  private Products products;

  /** An empty one for each test; the same one for the same test. */
  abstract LedgerPlace place();

  @BeforeEach
  void open() {
    products = ProductsFile.read(Path.of("config/products.yaml"));
    reopen();
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void areToldInTheThreadOfTheirGroup() {
    fail("k1", "c1");
    pass(Duration.ofSeconds(10));
    find("k1", "c1", Outcome.DOWN);
    pass(Duration.ofSeconds(21));
    int early = posted.size();

    pass(Duration.ofSeconds(20));

    assertThat(early).isEqualTo(1);
    assertThat(posted).hasSize(2);
    assertThat(posted.get(0).message().markdown()).doesNotContain("Connection DOWN");
    assertThat(posted.get(1).parentId()).contains(webexId(posted.get(0)));
    assertThat(posted.get(1).roomId()).isEqualTo("room-1");
    assertThat(posted.get(1).message().markdown())
        .isEqualTo(
            "**[device-of-c1 - c1]** Connection DOWN\n\n- said `<@\u200Ball>`"
                .replace("<@\u200B", "<\u200B@"));
    assertThat(outbox.movable()).isZero();
    assertThat(findings.ofOccurrence("k1"))
        .extracting(ErrorTestFindings.Kept::telling, ErrorTestFindings.Kept::messageKey)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("planned", Optional.of(posted.get(1).key())));
  }

  @Test
  void areNeverToldBeforeTheFirstMessageHoweverLongThatTakes() {
    fail("k1", "c1");
    find("k1", "c1", Outcome.DOWN);
    for (int i = 0; i < 60; i++) {
      clock.turn(Duration.ofMinutes(1));
      outbox.plan();
      outbox
          .take()
          .forEach(each -> outbox.putBack(each, "server", "HTTP 503", clock.now.plusSeconds(20)));
    }
    pass(Duration.ofMinutes(3));

    assertThat(posted).hasSize(2);
    assertThat(posted.get(0).parentId()).isEmpty();
    assertThat(posted.get(1).parentId()).contains(webexId(posted.get(0)));
  }

  @Test
  void areToldTogetherAndNotMoreOftenThanTheIntervalAllows() {
    fail("k1", "c1");
    fail("k2", "c2");
    fail("k3", "c3");
    pass(Duration.ofSeconds(31));
    find("k1", "c1", Outcome.DOWN);
    find("k2", "c2", Outcome.UP);
    pass(Duration.ofSeconds(31));
    find("k3", "c3", Outcome.UP);
    pass(Duration.ofMinutes(4));
    int early = posted.size();
    pass(Duration.ofMinutes(2));

    assertThat(early).isEqualTo(2);
    assertThat(posted).hasSize(3);
    assertThat(posted.get(1).message().markdown())
        .startsWith("**Tested**: 1 up, 1 down\n\n**[device-of-c1 - c1]** Connection DOWN")
        .contains("**[device-of-c2 - c2]** Connection UP");
    assertThat(posted.get(2).message().markdown()).startsWith("**[device-of-c3 - c3]**");
  }

  @Test
  void leadToAllOfFiveHundredCircuits() {
    for (int i = 0; i < 500; i++) {
      fail("k" + i, "c" + i);
      find("k" + i, "c" + i, i % 5 == 0 ? Outcome.UP : Outcome.DOWN);
    }
    pass(Duration.ofSeconds(62));

    assertThat(posted).hasSize(3);
    Delivery told = posted.get(2);
    assertThat(told.message().markdown())
        .startsWith("**Tested**: 100 up, 400 down\n\n- **[")
        .contains("Showing 40 of 500 findings; the table has all of them.");
    assertThat(told.message().markdown().length()).isLessThan(7_439);
    String table = told.message().file().orElseThrow().text();
    for (int i = 0; i < 500; i++) {
      assertThat(table).contains("\nc" + i + ",service_mapper,DE-1000,connectivity,");
    }
  }

  @Test
  void areAllToldWhereThereAreThousandsOfThem() {
    fail("k", "c");
    pass(Duration.ofSeconds(31));
    ledger.transact((handle, circuits) -> multiply(handle, 2_100));
    pass(Duration.ofMinutes(12));

    List<Integer> lines =
        posted.stream()
            .map(
                each ->
                    each.message()
                        .file()
                        .map(file -> file.text())
                        .orElse(each.message().markdown()))
            .filter(text -> text.contains("Connection DOWN"))
            .map(text -> text.split("device-of-c", -1).length - 1)
            .toList();
    assertThat(lines).containsExactly(2_000, 100);
    assertThat(outbox.movable()).isZero();
  }

  @Test
  void standInTheRoomWhereTheirFailuresWereToldInADigest() {
    for (int i = 0; i < 60; i++) {
      failAs("k" + i, "c" + i, "an error called " + letters(i));
      find("k" + i, "c" + i, Outcome.DOWN);
    }
    pass(Duration.ofMinutes(15));

    List<String> told = new ArrayList<>();
    long alone = 0;
    for (Delivery each : posted) {
      String all =
          each.message().markdown() + each.message().file().map(file -> file.text()).orElse("");
      if (all.contains("Connection DOWN")) {
        alone += each.parentId().isEmpty() ? 1 : 0;
        for (int i = 0; i < 60; i++) {
          if (all.contains("device-of-c" + i + " ")) {
            told.add("c" + i);
          }
        }
      }
    }
    assertThat(told).hasSize(60).doesNotHaveDuplicates();
    assertThat(alone).isBetween(1L, 3L);
    assertThat(mostInAMinute()).isLessThanOrEqualTo(Rooms.TIMES.messagesPerMinute());
    assertThat(outbox.movable()).isZero();
    System.out.println(
        "FindingsTest: findings of 60 groups in " + posted.size() + " messages with the failures");
  }

  @Test
  void areToldToARoomThatBearsOneMessageInAMinute() {
    outbox =
        new Outbox(
            ledger,
            new AlertTimes(
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Duration.ofHours(12),
                Duration.ofMinutes(5),
                Duration.ofHours(24),
                1),
            new GroupMessages(Links.NONE, true),
            room -> room,
            clock);
    fail("k1", "c1");
    find("k1", "c1", Outcome.DOWN);
    pass(Duration.ofMinutes(12));

    assertThat(posted).hasSize(2);
    assertThat(posted.get(1).message().markdown()).contains("Connection DOWN");
    assertThat(mostInAMinute()).isEqualTo(1);
  }

  @Test
  void areKeptFromThoseWhoWantToHearNothing() {
    fail("k1", "c1");
    pass(Duration.ofSeconds(31));
    find("k1", "c1", Outcome.DOWN);
    FailureGroups groups = new FailureGroups(ledger, clock);
    String group = groups.list().get(0).id();
    groups.mute(group, "an engineer", "planned", clock.now.plus(Duration.ofHours(1)));
    pass(Duration.ofMinutes(10));
    fail("k2", "c2");
    find("k2", "c2", Outcome.DOWN);
    pass(Duration.ofHours(2));
    find("k2", "c2", Outcome.UP);
    failHarmlessly("k3", "c3");
    find("k3", "c3", Outcome.DOWN);
    pass(Duration.ofHours(1));

    assertThat(posted).hasSize(1);
    assertThat(outbox.movable()).isZero();
    for (String key : List.of("k1", "k2", "k3")) {
      assertThat(findings.ofOccurrence(key))
          .extracting(ErrorTestFindings.Kept::telling)
          .containsExactly("suppressed");
    }
  }

  @Test
  void areToldOnceAcrossARestart() {
    fail("k1", "c1");
    find("k1", "c1", Outcome.DOWN);
    ledger.close();
    reopen();
    pass(Duration.ofSeconds(31));
    clock.turn(Duration.ofSeconds(5));
    outbox.plan();
    ledger.close();
    reopen();
    pass(Duration.ofMinutes(20));
    ledger.close();
    reopen();
    pass(Duration.ofMinutes(20));

    assertThat(posted).hasSize(2);
    assertThat(posted.get(1).message().markdown()).contains("Connection DOWN");
  }

  @Test
  void areToldOnceByTwoProcesses() {
    fail("k1", "c1");
    find("k1", "c1", Outcome.DOWN);
    pass(Duration.ofSeconds(31));
    try (Ledger elsewhere = new Ledger(place(), clock)) {
      Outbox other = outbox(elsewhere);
      clock.turn(Duration.ofSeconds(20));
      Stream.of(outbox, other).parallel().forEach(Outbox::plan);
      other.plan();
    }
    pass(Duration.ofMinutes(10));

    assertThat(posted).hasSize(2);
  }

  @Test
  void areWrittenDownOnceUnlessNothingCouldBeTested() {
    failListed("k1", "c1", "an error");
    boolean first = find("k1", "c1", Outcome.NOT_TESTED);
    boolean second = find("k1", "c1", Outcome.UP);
    boolean third = find("k1", "c1", Outcome.DOWN);
    boolean unknown = find("k-unknown", "c1", Outcome.DOWN);
    pass(Duration.ofMinutes(10));

    assertThat(List.of(first, second, third, unknown)).containsExactly(true, true, false, false);
    assertThat(findings.of("c1"))
        .extracting(kept -> kept.finding().outcome())
        .containsExactly(Outcome.UP);
    assertThat(posted).hasSize(2);
    assertThat(posted.get(1).message().markdown()).contains("Connection UP");
  }

  @Test
  void sayHowManyErrorsCouldNotBeTested() {
    for (int i = 0; i < 5; i++) {
      fail("k" + i, "c" + i);
      find("k" + i, "c" + i, i == 0 ? Outcome.DOWN : Outcome.NOT_TESTED);
    }
    pass(Duration.ofMinutes(2));

    assertThat(posted.get(posted.size() - 1).message().markdown())
        .endsWith("4 more errors were not tested: too many at once, or no address is known.");
  }

  @Test
  void areReadBackAsTheyWereWritten() {
    failListed("k1", "c1", "an error");
    ErrorTestFinding finding = Findings.of("k1", "c1", Outcome.DOWN, clock.now);
    ErrorTestFinding quiet =
        Findings.of("k1", "c1", Outcome.SKIPPED, clock.now.plusSeconds(1), "another");
    findings.note(finding);
    findings.note(quiet);

    assertThat(findings.of("c1"))
        .containsExactly(
            new ErrorTestFindings.Kept(quiet, "none", Optional.empty()),
            new ErrorTestFindings.Kept(finding, "owed", Optional.empty()));
    assertThat(findings.ofOccurrence("k1")).isEqualTo(findings.of("c1"));
    assertThat(findings.of("c2")).isEmpty();
  }

  @Test
  void sayWhichTestsAreStillToBeMade() {
    fail("k1", "c1");
    ErrorTestPlan made = plan(Findings.TEST);
    ErrorTestPlan other = plan("another");

    List<ErrorTestPlan> before = findings.stillDue("k1", List.of(made, other));
    find("k1", "c1", Outcome.NOT_TESTED);
    List<ErrorTestPlan> untested = findings.stillDue("k1", List.of(made, other));
    find("k1", "c1", Outcome.UP);
    List<ErrorTestPlan> after = findings.stillDue("k1", List.of(made, other));

    assertThat(before).containsExactly(made, other);
    assertThat(untested).containsExactly(made, other);
    assertThat(after).containsExactly(other);
  }

  @Test
  void waitForSomebodyToDecideAboutARefusedFailure() {
    fail("k1", "c1");
    failAs("k2", "c2", "another error");
    find("k1", "c1", Outcome.DOWN);
    find("k2", "c2", Outcome.DOWN);
    clock.turn(Duration.ofSeconds(31));
    outbox.plan();
    for (int i = 0; i < 2; i++) {
      outbox.take().forEach(each -> outbox.giveUp(each, "client", "HTTP 404"));
    }
    pass(Duration.ofMinutes(10));
    int meanwhile = posted.size();
    long movable = outbox.movable();
    DeadLetterBox box = new DeadLetterBox(ledger, clock);
    List<DeadLetter> letters = box.list();

    box.retry("alert/" + messageOf("k1"));
    box.drop("alert/" + messageOf("k2"));
    pass(Duration.ofMinutes(10));

    assertThat(letters).hasSize(2);
    assertThat(meanwhile).isZero();
    assertThat(movable).isZero();
    assertThat(posted).hasSize(2);
    assertThat(posted.get(1).parentId()).contains(webexId(posted.get(0)));
    assertThat(posted.get(1).message().markdown()).contains("device-of-c1");
    assertThat(findings.ofOccurrence("k2"))
        .extracting(ErrorTestFindings.Kept::telling)
        .containsExactly("suppressed");
  }

  @Test
  void areSentOnceMoreWhenSomebodyRetriesTheirDeadLetter() {
    fail("k1", "c1");
    pass(Duration.ofSeconds(31));
    find("k1", "c1", Outcome.DOWN);
    clock.turn(Duration.ofSeconds(31));
    outbox.plan();
    outbox.take().forEach(each -> outbox.giveUp(each, "client", "HTTP 404"));
    DeadLetterBox box = new DeadLetterBox(ledger, clock);
    List<DeadLetter> letters = box.list();

    letters.forEach(letter -> box.retry(letter.key()));
    pass(Duration.ofMinutes(10));

    assertThat(letters)
        .singleElement()
        .satisfies(letter -> assertThat(letter.body()).startsWith("TESTED 1 down of DE-1000"));
    assertThat(posted).hasSize(2);
    assertThat(posted.get(1).message().markdown()).contains("Connection DOWN");
  }

  @Test
  void areHeldUpByNoClockThatIsPutBack() {
    clock.turn(Duration.ofDays(2));
    fail("k1", "c1");
    pass(Duration.ofSeconds(31));
    find("k1", "c1", Outcome.DOWN);
    clock.now = NOON;
    reopenOutbox();
    pass(Duration.ofMinutes(10));

    assertThat(posted).hasSize(2);
  }

  @Test
  void goOnWithTheirErrorWhenItGetsAnotherCode() {
    fail("k1", "c1");
    pass(Duration.ofSeconds(31));
    find("k1", "c1", Outcome.DOWN);
    new Recoding(ledger)
        .move(Map.of("k1", new Naming("DE-1001", "Another", "network", Severity.MAJOR)));
    pass(Duration.ofMinutes(2));

    assertThat(posted).hasSize(2);
    assertThat(posted.get(1).parentId()).contains(webexId(posted.get(0)));
  }

  @Test
  void goWithTheirErrorWhenItIsOldAndStayWhileTheyAreOwed() {
    failListed("k-told", "told", "one error");
    failListed("k-owed", "owed", "another error");
    find("k-told", "told", Outcome.DOWN);
    pass(Duration.ofMinutes(2));
    clock.turn(YEAR);
    outbox.plan();
    find("k-owed", "owed", Outcome.DOWN);
    PurgedRows counted = purge(true);
    PurgedRows removed = purge(false);

    assertThat(removed.rows()).isEqualTo(counted.rows());
    assertThat(removed.of("occurrences")).isEqualTo(1);
    assertThat(removed.of("messages")).isEqualTo(2);
    assertThat(findings.ofOccurrence("k-told")).isEmpty();
    pass(Duration.ofMinutes(2));
    assertThat(posted.get(posted.size() - 1).message().markdown()).contains("device-of-owed");
    clock.turn(YEAR);
    outbox.plan();
    purge(false);
    assertThat(rows("error_test")).isZero();
    assertThat(rows("outbox")).isZero();
  }

  @Test
  void goWithTheirCircuitWhenItIsRemovedByName() {
    failListed("k-alone", "alone", "an error that names alone");
    failListed("k-both-1", "both-1", "a common error");
    failListed("k-both-2", "both-2", "a common error");
    Stream.of("alone", "both-1", "both-2").forEach(it -> find("k-" + it, it, Outcome.DOWN));
    CircuitPurge purge = new CircuitPurge(ledger, clock);
    List<CircuitPurge.Kept> owed = purge.remove("alone", false).kept();
    pass(Duration.ofMinutes(2));

    CircuitPurge.Removed counted = purge.remove("alone", true);
    CircuitPurge.Removed alone = purge.remove("alone", false);
    CircuitPurge.Removed oneOfTwo = purge.remove("both-1", false);

    assertThat(owed)
        .extracting(CircuitPurge.Kept::reason)
        .containsExactly("its room is still to be told");
    assertThat(alone.rows().rows()).isEqualTo(counted.rows().rows());
    assertThat(alone.rows().of("messages")).isEqualTo(2);
    assertThat(oneOfTwo.kept()).isEmpty();
    assertThat(findings.of("alone")).isEmpty();
    assertThat(findings.of("both-2")).hasSize(1);
    assertThat(rows("outbox where body like '%both-1%' or body like '%alone%'")).isZero();
    assertThat(CircuitHistory.of(ledger, "both-2").messages()).hasSize(2);
  }

  @Test
  void keepTheirCircuitWhileADeadLetterTellsOfOthersToo() {
    failListed("k-1", "both-1", "a common error");
    failListed("k-2", "both-2", "a common error");
    pass(Duration.ofMinutes(1));
    find("k-1", "both-1", Outcome.DOWN);
    find("k-2", "both-2", Outcome.DOWN);
    clock.turn(Duration.ofMinutes(1));
    outbox.plan();
    outbox.take().forEach(each -> outbox.giveUp(each, "client", "HTTP 404"));

    CircuitPurge.Removed removed = new CircuitPurge(ledger, clock).remove("both-1", false);

    assertThat(removed.kept())
        .singleElement()
        .satisfies(kept -> assertThat(kept.reason()).startsWith("a dead letter tells of other"));
  }

  @Test
  void knowTheNewestDeploymentOfEachProduct() {
    DeploymentMarks marks = new DeploymentMarks(ledger);
    DeploymentMarks.Mark first =
        new DeploymentMarks.Mark("service_mapper", NOON, "ada", "release 1\0");
    DeploymentMarks.Mark second =
        new DeploymentMarks.Mark("service_mapper", NOON.plusSeconds(1), "bob", "release 2");
    DeploymentMarks.Mark other = new DeploymentMarks.Mark("network_service", NOON, "ada", "");
    List.of(second, first, other).forEach(marks::mark);
    marks.mark(new DeploymentMarks.Mark("network_service", NOON, "eve", "corrected"));

    assertThat(marks.newest("service_mapper")).contains(second);
    assertThat(marks.newest("disconnect_mapper")).isEmpty();
    assertThat(marks.list(Optional.empty(), 10))
        .extracting(DeploymentMarks.Mark::who)
        .containsExactly("bob", "eve", "ada");
    assertThat(marks.list(Optional.of("service_mapper"), 1)).containsExactly(second);
  }

  @Test
  void knowSinceWhenThereHasBeenAKindOfErrorWhateverItsCode() {
    fail("k1", "c1");
    clock.turn(Duration.ofHours(1));
    Rooms.fails(ledger, products, Failure.of("k2", "c2", clock.now).code("DE-1001"));
    failAs("k3", "c3", "quite another error");
    DeploymentMarks marks = new DeploymentMarks(ledger);

    assertThat(marks.firstSeen("k2")).contains(NOON);
    assertThat(marks.firstSeen("k3")).contains(clock.now);
    assertThat(marks.firstSeen("unknown")).isEmpty();
  }

  /** As many more errors of the one group, all of them told, with a finding each. */
  private int multiply(Handle handle, int errors) {
    PreparedBatch told =
        handle.prepareBatch(
            "insert into occurrence (occurrence_key, resource_id, product_type, defect_code,"
                + " first_seen, last_seen, times_seen, alert, group_id, circuit_id, sender) select"
                + " :key, resource_id, product_type, defect_code, first_seen, last_seen, 1, alert,"
                + " group_id, :key, sender from occurrence where occurrence_key = 'k'");
    PreparedBatch found =
        handle.prepareBatch(
            "insert into error_test (occurrence_key, test, kind, outcome, body, tested_at, telling)"
                + " values (:key, 'connectivity', 'connectivity', 'down', :body, :now, 'owed')");
    for (int i = 0; i < errors; i++) {
      String body = FindingRow.body(Findings.of("k" + i, "c" + i, Outcome.DOWN, clock.now));
      told.bind("key", "k" + i).add();
      found.bind("key", "k" + i).bind("body", body).bind("now", clock.millis()).add();
    }
    told.execute();
    return found.execute().length;
  }

  private ErrorTestPlan plan(String name) {
    return new ErrorTestPlan(name, Kind.CONNECTIVITY, List.of(), List.of(), true, false);
  }

  private boolean find(String key, String circuit, Outcome outcome) {
    return findings.note(Findings.of(key, circuit, outcome, clock.now));
  }

  private void fail(String key, String circuit) {
    Rooms.fails(ledger, products, Failure.of(key, circuit, clock.now));
  }

  private void failAs(String key, String circuit, String error) {
    Rooms.fails(ledger, products, Failure.of(key, circuit, clock.now).error(error));
  }

  private void failHarmlessly(String key, String circuit) {
    Rooms.fails(
        ledger,
        products,
        Failure.of(key, circuit, clock.now).error("a trifle"),
        Optional.of(Suppression.BELOW_SEVERITY));
  }

  private void failListed(String key, String circuit, String error) {
    Rooms.Listing listing = Rooms.lists(ledger, products, circuit, OrchState.FAILED, 1);
    Failure failure = Failure.of(key, circuit, clock.now).error(error);
    Rooms.fails(ledger, products, listing.pollId(), failure, Optional.empty());
  }

  /** Digits would be masked in a fingerprint. */
  private static String letters(int number) {
    return number == 0 ? "a" : (char) ('a' + number % 26) + letters(number / 26);
  }

  private String messageOf(String key) {
    return ledger.transact(
        (handle, circuits) ->
            handle
                .createQuery("select message_key from occurrence where occurrence_key = :key")
                .bind("key", key)
                .mapTo(String.class)
                .one());
  }

  private long rows(String what) {
    return ledger.transact(
        (handle, circuits) ->
            handle.createQuery("select count(*) from " + what).mapTo(Long.class).one());
  }

  private PurgedRows purge(boolean trial) {
    return new LedgerPurge(ledger, clock)
        .olderThan(clock.now.minus(Duration.ofDays(30)), trial, () -> true);
  }

  private void reopen() {
    ledger = new Ledger(place(), clock);
    findings = new ErrorTestFindings(ledger);
    outbox = outbox(ledger);
  }

  private void reopenOutbox() {
    outbox = outbox(ledger);
  }

  private static Outbox outbox(Ledger ledger) {
    return new Outbox(
        ledger, Rooms.TIMES, new GroupMessages(Links.NONE, true), room -> room, ledger.clock());
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
    moments.add(clock.now);
    if (!delivery.isEdit()) {
      posted.add(delivery);
    }
  }

  private static String webexId(Delivery delivery) {
    return "webex-" + delivery.key();
  }

  private long mostInAMinute() {
    return moments.stream()
        .mapToLong(
            from ->
                moments.stream()
                    .filter(at -> !at.isBefore(from) && at.isBefore(from.plusSeconds(60)))
                    .count())
        .max()
        .orElse(0);
  }
}
