package io.orchscope.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.alert.Delivery;
import io.orchscope.alert.GroupKey;
import io.orchscope.alert.GroupMessages;
import io.orchscope.alert.Links;
import io.orchscope.alert.OwedAlert;
import io.orchscope.defect.FailureGroup.State;
import io.orchscope.defect.Fingerprint;
import io.orchscope.defect.Naming;
import io.orchscope.defect.Severity;
import io.orchscope.ledger.Recoding.Moved;
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
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of groups and rooms when errors get another code; wherever the ledger is. */
abstract class RecodingTest {

  private static final Naming OTHER =
      new Naming("DE-2000", "Link is down", "Connectivity Error", Severity.CRITICAL);

  private final Hands clock = new Hands(Instant.parse("2024-03-01T12:00:00Z"));
  private final List<Delivery> posted = new ArrayList<>();
  private Ledger ledger;
  private Outbox outbox;
  private Recoding recoding;
  private FailureGroups groups;
  private Products products;

  /** An empty one for each test. */
  abstract LedgerPlace place();

  @BeforeEach
  void open() {
    ledger = new Ledger(place(), clock);
    outbox =
        new Outbox(ledger, Rooms.TIMES, new GroupMessages(Links.NONE, true), room -> room, clock);
    recoding = new Recoding(ledger);
    groups = new FailureGroups(ledger, clock);
    products = ProductsFile.read(Path.of("config/products.yaml"));
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void goesOnWithItsCountsItsStateAndItsThread() {
    fail("k1", "c1", "DE-1000");
    fail("k2", "c2", "DE-1000");
    pass(Duration.ofSeconds(31));
    GroupRow before = only();
    groups.mute(before.id(), "ada", "known", clock.now.plus(Duration.ofMinutes(10)));

    Moved moved = recoding.move(named("k1", "k2", "unheard-of"));

    GroupRow after = only();
    assertThat(moved).isEqualTo(new Moved(2, 1));
    assertThat(after.id()).isNotEqualTo(before.id());
    assertThat(after.defectCode()).isEqualTo("DE-2000");
    assertThat(after.title()).isEqualTo("Link is down");
    assertThat(after.severity()).isEqualTo("critical");
    assertThat(after.failures()).isEqualTo(2);
    assertThat(after.circuits()).isEqualTo(2);
    assertThat(after.firstSeen()).isEqualTo(before.firstSeen());
    assertThat(after.lastSeen()).isEqualTo(before.lastSeen());
    assertThat(after.threadKey()).isEqualTo(before.threadKey()).isPresent();
    assertThat(after.standing().state()).isEqualTo(State.MUTED);
    assertThat(after.standing().owner()).isEqualTo("ada");
    assertThat(recoding.move(named("k1", "k2"))).isEqualTo(Moved.NOTHING);
  }

  @Test
  void tellsTheNextFailureUnderItsNewCodeInTheThreadOfTheOld() {
    fail("k1", "c1", "DE-1000");
    pass(Duration.ofSeconds(31));
    recoding.move(named("k1"));

    fail("k2", "c2", "DE-2000");
    pass(Duration.ofMinutes(6));

    assertThat(posted).hasSize(2);
    assertThat(posted.get(1).parentId()).contains("webex-" + posted.get(0).key());
    assertThat(only().failures()).isEqualTo(2);
    assertThat(only().standing().state()).isEqualTo(State.ONGOING);
  }

  @Test
  void goesOnWhenNamesAreMadeInAnotherWay() {
    fail("k1", "c1", "DE-1000");
    fail("k2", "c2", "DE-1000");
    pass(Duration.ofSeconds(31));
    GroupRow before = only();
    Failure third = new Failure("k3", "c3", "Unable to connect", "room", clock.now, "DE-1000");
    GroupKey newKey =
        new GroupKey("lab", "service_mapper", "DE-1000", new Fingerprint("v9:0123456789abcdef"));
    GroupKey oldKey =
        new GroupKey("lab", "service_mapper", "DE-1000", new Fingerprint(before.fingerprint()));
    GroupKey between =
        new GroupKey("lab", "service_mapper", "DE-1000", new Fingerprint("v8:0123456789abcdef"));

    for (int i = 0; i < 2; i++) {
      Rooms.fails(
          ledger,
          products,
          "poll-1",
          third,
          new OwedAlert(
              Rooms.alert(third), newKey, List.of(between, oldKey), "room", Optional.empty(), ""));
    }
    pass(Duration.ofMinutes(6));

    GroupRow after = only();
    assertThat(after.id()).isEqualTo(newKey.id()).isNotEqualTo(before.id());
    assertThat(after.fingerprint()).isEqualTo("v9:0123456789abcdef");
    assertThat(after.failures()).isEqualTo(3);
    assertThat(after.circuits()).isEqualTo(3);
    assertThat(after.standing().state()).isEqualTo(State.ONGOING);
    assertThat(posted).hasSize(2);
    assertThat(posted.get(1).parentId()).contains("webex-" + posted.get(0).key());
  }

  @Test
  void tellsWhatIsOwedUnderTheNewCode() {
    fail("k1", "c1", "DE-1000");

    recoding.move(named("k1"));
    pass(Duration.ofSeconds(31));

    assertThat(posted).hasSize(1);
    assertThat(posted.get(0).message().markdown())
        .contains("DE-2000", "Link is down", "`c1`")
        .doesNotContain("DE-1000");
    assertThat(outbox.depth().alerts()).isZero();
  }

  @Test
  void makesOneOfTwoGroupsThatHaveTheSameCodeNow() {
    fail("k1", "c1", "DE-1000");
    pass(Duration.ofSeconds(31));
    fail("k2", "c1", "DE-2000");
    fail("k3", "c3", "DE-2000");

    recoding.move(named("k1"));
    pass(Duration.ofSeconds(31));

    assertThat(only().failures()).isEqualTo(3);
    assertThat(only().circuits()).isEqualTo(2);
    assertThat(only().standing().state()).isEqualTo(State.ONGOING);
    assertThat(outbox.depth().alerts()).isZero();
  }

  @Test
  void opensAGroupThatWasOverWhenAnErrorComesToItThatIsNot() {
    fail("k1", "c1", "DE-2000");
    pass(Duration.ofSeconds(31));
    groups.resolve(only().id(), "ada", "repaired");
    fail("k2", "c2", "DE-1000");

    recoding.move(named("k2"));

    assertThat(only().standing().state()).isEqualTo(State.NEW);
  }

  @Test
  void leavesTheRestOfAGroupWhereItIs() {
    fail("k1", "c1", "DE-1000");
    fail("k2", "c2", "DE-1000");
    pass(Duration.ofSeconds(31));
    clock.turn(Duration.ofMinutes(20));
    Rooms.succeeds(ledger, products, "c2", clock.now);

    recoding.move(named("k1"));

    List<GroupRow> both = groups.list();
    assertThat(both).hasSize(2).allMatch(group -> group.failures() == 1 && group.circuits() == 1);
    assertThat(both)
        .filteredOn(group -> group.defectCode().equals("DE-2000"))
        .allMatch(group -> group.standing().isOpen());
    assertThat(both)
        .filteredOn(group -> group.defectCode().equals("DE-1000"))
        .allMatch(group -> group.standing().state() == State.RESOLVED);
  }

  @Test
  void movesMoreErrorsThanADatabaseTakesInOneQuestion() {
    Map<String, Naming> all = new TreeMap<>();
    for (int i = 0; i < Recoding.TURN + 20; i++) {
      fail("k" + i, "c" + i, "DE-1000");
      all.put("k" + i, OTHER);
    }

    Moved moved = recoding.move(all);

    assertThat(moved).isEqualTo(new Moved(Recoding.TURN + 20, 1));
    assertThat(only().failures()).isEqualTo(Recoding.TURN + 20);
    assertThat(only().circuits()).isEqualTo(Recoding.TURN + 20);
  }

  private void fail(String key, String circuit, String code) {
    Rooms.fails(ledger, products, Failure.of(key, circuit, clock.now).code(code));
  }

  private static Map<String, Naming> named(String... keys) {
    Map<String, Naming> names = new TreeMap<>();
    for (String key : keys) {
      names.put(key, OTHER);
    }
    return names;
  }

  private GroupRow only() {
    List<GroupRow> all = groups.list();
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private void pass(Duration time) {
    Instant end = clock.now.plus(time);
    while (clock.now.isBefore(end)) {
      clock.turn(Duration.ofSeconds(1));
      outbox.plan();
      outbox
          .take()
          .forEach(
              each -> {
                outbox.sent(each, Optional.of("webex-" + each.key()), Optional.empty());
                if (!each.isEdit()) {
                  posted.add(each);
                }
              });
    }
  }
}
