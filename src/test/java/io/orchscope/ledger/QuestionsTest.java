package io.orchscope.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.circuit.OrchState;
import io.orchscope.defect.FailureGroup.State;
import io.orchscope.ledger.FailureCounts.Spans;
import io.orchscope.ledger.GroupSearch.Order;
import io.orchscope.ledger.GroupSearch.Wish;
import io.orchscope.ledger.Rooms.Failure;
import io.orchscope.settings.Products;
import io.orchscope.settings.ProductsFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What pages ask the ledger for; wherever it is. */
abstract class QuestionsTest {

  private final Hands clock = new Hands(Instant.parse("2024-03-01T12:00:00Z"));
  private final Products products = ProductsFile.read(Path.of("config/products.yaml"));
  private Ledger ledger;

  /** An empty one for each test. */
  abstract LedgerPlace place();

  @BeforeEach
  void open() {
    ledger = new Ledger(place(), clock);
    fails("k1", "c1", "DE-1000", "unable to connect");
    clock.turn(Duration.ofHours(1));
    fails("k2", "c2", "DE-1000", "unable to connect");
    fails("k3", "c2", "DE-2000", "100% of ports_in use!");
    clock.turn(Duration.ofHours(1));
    fails("k4", "c1", "DE-1000", "unable to connect");
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void findsGroupsByWhatTheyAre() {
    assertThat(codes(Wish.ALL, Order.CODE, true)).containsExactly("DE-1000", "DE-2000");
    assertThat(codes(Wish.ALL, Order.FAILURES, false)).containsExactly("DE-1000", "DE-2000");
    assertThat(codes(Wish.ALL, Order.LAST_SEEN, true)).containsExactly("DE-2000", "DE-1000");
    assertThat(codes(new Wish("", "DE-2000", Set.of(), "", ""), Order.CODE, true))
        .containsExactly("DE-2000");
    assertThat(codes(new Wish("network_service", "", Set.of(), "", ""), Order.CODE, true))
        .isEmpty();
    assertThat(codes(new Wish("", "", Set.of(), "100% OF", ""), Order.CODE, true))
        .containsExactly("DE-2000");
    assertThat(codes(new Wish("", "", Set.of(), "ports_in use!", ""), Order.CODE, true))
        .containsExactly("DE-2000");
    assertThat(codes(new Wish("", "", Set.of(), "portsXin", ""), Order.CODE, true)).isEmpty();
    assertThat(codes(Wish.ALL.in(Set.of(State.NEW)), Order.CODE, true)).containsExactly("DE-2000");
  }

  @Test
  void putsTheMostSevereGroupsFirst() {
    assertThat(codes(Wish.ALL, Order.SEVERITY, false)).containsExactly("DE-1000", "DE-2000");
    ledger.transact(
        (handle, circuits) ->
            handle.execute(
                "update failure_group set severity = 'critical' where defect_code = 'DE-2000'"));

    assertThat(codes(Wish.ALL, Order.SEVERITY, false)).containsExactly("DE-2000", "DE-1000");
    assertThat(new GroupSearch(ledger).first(Wish.ALL, Order.SEVERITY, 1))
        .extracting(GroupRow::defectCode)
        .containsExactly("DE-2000");
  }

  @Test
  void findsTheCircuitOfAResource() {
    CircuitNames names = new CircuitNames(ledger);

    assertThat(names.ofResource("resource-of-c1")).map(CircuitNames.Named::circuit).contains("c1");
    assertThat(names.ofResource("resource-of-")).isEmpty();
  }

  @Test
  void countsGroupsByTheirStatesAsTheyAreNow() {
    FailureGroups groups = new FailureGroups(ledger, clock);
    GroupSearch search = new GroupSearch(ledger);
    String id =
        search
            .find(new Wish("", "DE-2000", Set.of(), "", ""), Order.CODE, true, 0, 1)
            .rows()
            .get(0)
            .id();
    groups.mute(id, "ada", "x", clock.now.plus(Duration.ofHours(1)));

    assertThat(search.states()).containsEntry(State.MUTED, 1L).containsEntry(State.ONGOING, 1L);
    clock.turn(Duration.ofHours(2));
    assertThat(search.states()).containsOnlyKeys(State.ONGOING).containsEntry(State.ONGOING, 2L);
    assertThat(search.codes().get("DE-1000")).isEqualTo(new GroupSearch.Sum(3, 1));
  }

  @Test
  void countsFailuresBySpans() {
    FailureCounts counts = new FailureCounts(ledger);
    Spans hours = new Spans(clock.now.plus(Duration.ofHours(1)), Duration.ofHours(1), 4);
    String id =
        new GroupSearch(ledger).find(Wish.ALL, Order.FAILURES, false, 0, 1).rows().get(0).id();

    assertThat(counts.ofAll(hours)).containsExactly(0L, 1L, 2L, 1L);
    assertThat(counts.ofGroup(id, hours)).containsExactly(0L, 1L, 1L, 1L);
    assertThat(counts.ofGroups(List.of(id, "none"), hours))
        .containsOnlyKeys(id)
        .containsEntry(id, List.of(0L, 1L, 1L, 1L));
  }

  @Test
  void namesTheCircuitsOfAGroup() {
    String id =
        new GroupSearch(ledger).find(Wish.ALL, Order.FAILURES, false, 0, 1).rows().get(0).id();

    List<GroupCircuits.Member> circuits = new GroupCircuits(ledger).of(id, 0, 10);

    assertThat(circuits).extracting(GroupCircuits.Member::circuit).containsExactly("c1", "c2");
    assertThat(circuits.get(0).failures()).isEqualTo(2);
    assertThat(circuits).allMatch(GroupCircuits.Member::isOpen);
    assertThat(new GroupCircuits(ledger).of(id, 1, 10)).hasSize(1);
  }

  @Test
  void namesCircuitsOfAGroupThatFailedLongBeforeTheOthers() {
    for (int i = 0; i < 300; i++) {
      clock.turn(Duration.ofMinutes(1));
      fails("often" + i, "c3", "DE-1000", "unable to connect");
    }
    String id =
        new GroupSearch(ledger).find(Wish.ALL, Order.FAILURES, false, 0, 1).rows().get(0).id();

    List<GroupCircuits.Member> circuits = new GroupCircuits(ledger).of(id, 0, 10);

    assertThat(circuits)
        .extracting(GroupCircuits.Member::circuit)
        .containsExactly("c3", "c1", "c2");
    assertThat(circuits).extracting(GroupCircuits.Member::failures).containsExactly(300L, 2L, 1L);
    assertThat(circuits.get(0).firstSeen()).isBefore(circuits.get(0).lastSeen());
    assertThat(new GroupCircuits(ledger).of(id, 1, 1))
        .extracting(GroupCircuits.Member::circuit)
        .containsExactly("c1");
  }

  @Test
  void findsCircuitsByTheirBeginningAndResourcesByTheirName() {
    CircuitNames names = new CircuitNames(ledger);

    assertThat(names.find("c", 10))
        .extracting(CircuitNames.Named::circuit)
        .containsExactly("c1", "c2");
    assertThat(names.find("c2", 10)).hasSize(1);
    assertThat(names.find("C2", 10)).isEmpty();
    assertThat(names.find("resource-of-c1", 10))
        .extracting(CircuitNames.Named::circuit)
        .containsExactly("c1");
    assertThat(names.find("%", 10)).isEmpty();
  }

  @Test
  void remembersWhoChangedWhat() {
    AuditTrail trail = new AuditTrail(ledger, clock);

    trail.note("ada", "mute", "group 1", "why");
    trail.note("bob", "resolve", "group 2", "x".repeat(10_000));

    assertThat(trail.list(10)).extracting(AuditTrail.Entry::who).containsExactly("bob", "ada");
    assertThat(trail.list(10).get(0).note()).hasSize(2_000);
    assertThat(trail.list(1)).hasSize(1);
  }

  private List<String> codes(Wish wish, Order order, boolean ascends) {
    return new GroupSearch(ledger)
        .find(wish, order, ascends, 0, 10).rows().stream().map(GroupRow::defectCode).toList();
  }

  private void fails(String key, String circuit, String code, String error) {
    Rooms.Listing listing =
        Rooms.lists(ledger, products, circuit, OrchState.FAILED, clock.millis());
    Rooms.fails(
        ledger,
        products,
        listing.pollId(),
        Failure.of(key, circuit, clock.now).code(code).error(error),
        Optional.empty());
  }
}
