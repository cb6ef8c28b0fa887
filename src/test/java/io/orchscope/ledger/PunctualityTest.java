package io.orchscope.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.alert.Delivery;
import io.orchscope.alert.GroupMessages;
import io.orchscope.alert.Links;
import io.orchscope.alert.Notices;
import io.orchscope.circuit.Product;
import io.orchscope.mdso.PollSummary;
import io.orchscope.settings.Clocks;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a product counts as late, and how often that is told. */
final class PunctualityTest {

  private static final String HOURLY = "0 0 * * * ?";
  private static final Duration GRACE = Duration.ofMinutes(30);

  /** A clock that stands until somebody turns it. */
  private static final class Hands extends Clock {

    private Instant now = Instant.parse("2024-03-01T12:10:00Z");

    @Override
    public Instant instant() {
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
  private final Hands clock = new Hands();
  private final List<Delivery> posted = new ArrayList<>();
  private Ledger ledger;
  private Outbox outbox;
  private Punctuality punctuality;

  @BeforeEach
  void open() {
    ledger = new Ledger(LedgerPlace.file(folder.resolve("ledger.db")), clock);
    outbox =
        new Outbox(ledger, Rooms.TIMES, new GroupMessages(Links.NONE, true), room -> room, clock);
    List<Product> products =
        ProductsFile.read(Path.of("config/products.yaml")).all().stream()
            .filter(product -> product.type().matches("service_mapper|network_service"))
            .map(PunctualityTest::hourly)
            .toList();
    punctuality =
        new Punctuality(
            ledger, products, GRACE, product -> "room-1", new Notices("lab"), Clocks.both(clock));
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void tellsARoomOnceWhatIsLateAndOnceThatItIsOver() {
    passTo("2024-03-01T13:05:00Z");
    ends("network_service", false);
    ends("service_mapper", false);
    passTo("2024-03-01T14:29:00Z");
    int onTime = posted.size();
    ends("network_service", false);
    ends("service_mapper", true);
    passTo("2024-03-01T14:40:00Z");
    List<Punctuality.Late> late = punctuality.late();
    passTo("2024-03-01T18:00:00Z");
    ends("network_service", false);
    int silent = posted.size();
    ends("service_mapper", false);
    passTo("2024-03-01T18:05:00Z");

    assertThat(onTime).isZero();
    assertThat(late).extracting(Punctuality.Late::productType).containsExactly("service_mapper");
    assertThat(late.get(0).dueAt()).isEqualTo(Instant.parse("2024-03-01T14:00:00Z"));
    assertThat(silent).isEqualTo(2);
    assertThat(posted).hasSize(4);
    assertThat(posted.get(0).message().markdown())
        .contains(
            "Nobody is watching: 1 product has", "`service_mapper`: due 2024-03-01T14:00:00Z");
    assertThat(posted.get(1).message().markdown()).contains("`network_service`");
    assertThat(posted.subList(2, 4))
        .allSatisfy(each -> assertThat(each.parentId()).isPresent())
        .extracting(each -> each.message().markdown())
        .allSatisfy(text -> assertThat(text).contains("are complete again"));
    assertThat(punctuality.late()).isEmpty();
  }

  @Test
  void tellsOfAllThatIsLateInOneMessageWhenNothingWasEverPolled() {
    passTo("2024-03-01T16:00:00Z");

    assertThat(posted).hasSize(1);
    assertThat(posted.get(0).message().markdown())
        .contains(
            "2 products have", "`service_mapper`", "`network_service`", "last complete never");
  }

  private void passTo(String moment) {
    Instant end = Instant.parse(moment);
    while (clock.now.isBefore(end)) {
      clock.now = clock.now.plusSeconds(60);
      punctuality.tell();
      outbox.plan();
      outbox
          .take()
          .forEach(
              each -> {
                outbox.sent(each, Optional.of("webex-" + each.key()), Optional.empty());
                posted.add(each);
              });
    }
  }

  private void ends(String productType, boolean incomplete) {
    new PollEnds(ledger, clock)
        .note(
            new PollSummary(
                "poll-1", productType, 0, 0, 0, 0, 0, Map.of(), incomplete, Duration.ZERO),
            clock.instant(),
            clock.instant());
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
        HOURLY);
  }
}
