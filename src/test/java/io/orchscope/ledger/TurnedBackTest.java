package io.orchscope.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.alert.Delivery;
import io.orchscope.alert.GroupMessages;
import io.orchscope.alert.Links;
import io.orchscope.alert.Notices;
import io.orchscope.circuit.Product;
import io.orchscope.ledger.Rooms.Failure;
import io.orchscope.mdso.PollSummary;
import io.orchscope.settings.Clocks;
import io.orchscope.settings.Products;
import io.orchscope.settings.ProductsFile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rooms, loans and leases when somebody turns the machine's clock by two hours. */
final class TurnedBackTest {

  private static final Instant NOON = Instant.parse("2024-03-01T12:10:00Z");

  /** A clock that stands until somebody turns it. */
  private static final class Hands extends Clock {

    private Instant now = NOON;
    private Duration perLook = Duration.ZERO;

    @Override
    public Instant instant() {
      now = now.plus(perLook);
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @TempDir private Path folder;
  private final Hands wall = new Hands();
  private final Hands steady = new Hands();
  private final List<Delivery> posted = new ArrayList<>();
  private final List<Instant> postedAt = new ArrayList<>();
  private final Products products = ProductsFile.read(Path.of("config/products.yaml"));
  private Ledger ledger;
  private Outbox outbox;

  @BeforeEach
  void open() {
    ledger = open(new Clocks(wall, steady));
    outbox = outbox(ledger);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT2H", "-PT2H"})
  void tellsWhatIsOwedWithinTheUsualTimeAndOnce(String turn) {
    fail("k1", "c1", "known already");
    pass(Duration.ofSeconds(40));
    fail("k2", "c2", "known already");
    fail("k3", "c3", "owed for the first time");
    pass(Duration.ofSeconds(5));

    wall.now = wall.now.plus(Duration.parse(turn));
    Instant turned = steady.now;
    fail("k4", "c4", "found after it was turned");
    fail("k5", "c5", "known already");
    pass(Duration.ofMinutes(7));

    List<Long> told = Stream.of("c1", "c2", "c3", "c4", "c5").map(this::told).toList();
    System.out.printf(
        "F15 turn=%s alerts told-twice=%d lost=%d last-told-after=%ds%n",
        turn,
        told.stream().filter(times -> times > 1).count(),
        told.stream().filter(times -> times == 0).count(),
        Duration.between(turned, postedAt.get(postedAt.size() - 1)).toSeconds());
    assertThat(told).containsOnly(1L);
    assertThat(outbox.depth().alerts()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT2H", "-PT2H"})
  void doesNotLendAMessageAgainThatIsOnItsWay(String turn) {
    fail("k1", "c1", "an error");
    move(Duration.ofSeconds(31));
    outbox.plan();
    Delivery lent = outbox.take().get(0);

    wall.now = wall.now.plus(Duration.parse(turn));
    outbox.plan();
    List<Delivery> again = outbox.take();

    assertThat(again).isEmpty();
    assertThat(outbox.keep(lent)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT2H", "-PT2H"})
  void leavesAMessageWithAnotherProcessThatIsThereAndTakesItFromOneThatIsNot(String turn) {
    try (Ledger elsewhere = open(new Clocks(wall, steady))) {
      Outbox other = outbox(elsewhere);
      fail("k1", "c1", "an error");
      move(Duration.ofSeconds(31));
      outbox.plan();
      outbox.take();
      wall.now = wall.now.plus(Duration.parse(turn));

      List<Delivery> stolen = new ArrayList<>();
      for (int second = 0; second < 60; second++) {
        move(Duration.ofSeconds(1));
        outbox.take();
        stolen.addAll(other.take());
      }
      int waited = 0;
      List<Delivery> taken = List.of();
      while (taken.isEmpty() && waited < 100) {
        move(Duration.ofSeconds(1));
        waited++;
        taken = other.take();
      }

      assertThat(stolen).isEmpty();
      assertThat(taken).hasSize(1);
      assertThat(waited).isLessThanOrEqualTo((int) Loans.LENGTH.toSeconds() + 1);
      System.out.printf(
          "F15 turn=%s loans taken-from-living=%d taken-from-dead-after=%ds%n",
          turn, stolen.size(), waited);
    }
  }

  @Test
  void triesAMessageAgainAfterItsPauseAndNotTwoHoursLater() {
    fail("k1", "c1", "an error");
    move(Duration.ofSeconds(31));
    outbox.plan();
    Delivery lent = outbox.take().get(0);
    outbox.putBack(lent, "server", "HTTP 503", wall.now.plusSeconds(60));
    fail("k2", "c2", "another error");

    wall.now = wall.now.minus(Duration.ofHours(2));
    pass(Duration.ofSeconds(55));
    boolean early = posted.stream().anyMatch(each -> each.key().equals(lent.key()));
    pass(Duration.ofSeconds(40));

    assertThat(early).isFalse();
    assertThat(posted).extracting(Delivery::key).contains(lent.key());
    assertThat(posted).hasSize(2);
  }

  @Test
  void countsWhatARoomHasGotInAMinuteThatSomebodyHasTurned() {
    for (int i = 0; i < 200; i++) {
      fail(
          "k" + i, "c" + i, "an error called " + "abcdefghij".repeat(1 + i / 10).substring(i % 10));
    }
    move(Duration.ofSeconds(31));
    for (int i = 0; i < 30; i++) {
      move(Duration.ofSeconds(1));
      postWhatIsDue();
      if (i == 10) {
        wall.now = wall.now.minus(Duration.ofHours(2));
      } else if (i == 20) {
        wall.now = wall.now.plus(Duration.ofHours(4));
      }
    }
    int inTheMinute = posted.size();

    pass(Duration.ofMinutes(12));

    assertThat(inTheMinute).isPositive().isLessThanOrEqualTo(Rooms.TIMES.messagesPerMinute());
    assertThat(outbox.depth().alerts()).isZero();
  }

  @Test
  void takesOverThePollOfAProcessThatHasGoneAlthoughItsLeaseIsInTheFuture() {
    PollLeases dead = new PollLeases(ledger);
    dead.take("service_mapper", "poll-1");
    wall.now = wall.now.minus(Duration.ofHours(2));
    steady.perLook = Duration.ofSeconds(8);

    new PollLeases(ledger).take("service_mapper", "poll-2");

    assertThat(holder()).isEqualTo("poll-2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT2H", "-PT2H"})
  void callsNoPollLateBecauseSomebodyHasTurnedTheClock(String turn) {
    List<Product> hourly =
        products.all().stream()
            .filter(product -> product.type().equals("service_mapper"))
            .map(TurnedBackTest::hourly)
            .toList();
    Punctuality punctuality =
        new Punctuality(
            ledger,
            hourly,
            Duration.ofMinutes(30),
            product -> "room-1",
            new Notices("lab"),
            new Clocks(wall, steady));
    complete();
    punctuality.tell();

    wall.now = wall.now.plus(Duration.parse(turn));
    punctuality.tell();
    boolean atOnce = !punctuality.late().isEmpty();
    move(Duration.ofMinutes(100));
    punctuality.tell();
    boolean later = !punctuality.late().isEmpty();
    complete();
    punctuality.tell();

    assertThat(atOnce).isFalse();
    assertThat(later).isTrue();
    assertThat(punctuality.late()).isEmpty();
  }

  private Ledger open(Clocks clocks) {
    return new Ledger(LedgerPlace.file(folder.resolve("ledger.db")), clocks);
  }

  private static Outbox outbox(Ledger ledger) {
    return new Outbox(
        ledger, Rooms.TIMES, new GroupMessages(Links.NONE, true), room -> room, ledger.clock());
  }

  private void fail(String key, String circuit, String error) {
    Rooms.fails(ledger, products, Failure.of(key, circuit, wall.now).error(error));
  }

  private void move(Duration time) {
    wall.now = wall.now.plus(time);
    steady.now = steady.now.plus(time);
  }

  private void pass(Duration time) {
    Instant end = steady.now.plus(time);
    while (steady.now.isBefore(end)) {
      move(Duration.ofSeconds(1));
      postWhatIsDue();
    }
  }

  private void postWhatIsDue() {
    outbox.plan();
    for (Delivery each : outbox.take()) {
      outbox.sent(each, Optional.of("webex-" + each.key()), Optional.empty());
      posted.add(each);
      postedAt.add(steady.now);
    }
  }

  /** How many messages name a circuit, but for first messages that are put anew. */
  private long told(String circuit) {
    return posted.stream()
        .filter(each -> !each.isEdit())
        .filter(each -> each.message().markdown().contains("`" + circuit + "`"))
        .count();
  }

  private String holder() {
    return ledger.transact(
        (handle, circuits) ->
            handle.createQuery("select poll_id from poll_lease").mapTo(String.class).one());
  }

  private void complete() {
    new PollEnds(ledger, wall)
        .note(
            new PollSummary(
                "poll-1", "service_mapper", 0, 0, 0, 0, 0, Map.of(), false, Duration.ZERO),
            wall.instant(),
            wall.instant());
  }

  private static Product hourly(Product product) {
    return new Product(
        product.type(),
        product.name(),
        product.resourceType(),
        product.circuitIdAt(),
        product.devices(),
        product.ownsTrace(),
        product.errorEntry(),
        "0 0 * * * ?");
  }
}
