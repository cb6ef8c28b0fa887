package io.orchscope.ledger;

import io.orchscope.alert.Draft;
import io.orchscope.alert.Notices;
import io.orchscope.circuit.Product;
import io.orchscope.settings.ClockJumps;
import io.orchscope.settings.Clocks;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.function.Function;
import org.quartz.CronExpression;

/**
 * Whether each product is polled when its schedule says so. Silence must mean health, so a poll
 * that does not come to its end is told like a failure: once for each room, and once more when it
 * is over.
 */
public final class Punctuality {

  private final PollEnds ends;
  private final Ledger ledger;
  private final List<Product> products;
  private final Duration grace;
  private final Function<String, String> roomOfProduct;
  private final Notices words;
  private final Clock clock;
  private final ClockJumps jumps;
  private volatile Instant begun;

  /**
   * A product whose last complete poll is too long ago.
   *
   * @param dueAt when the poll should have begun that is missing
   */
  public record Late(String productType, Instant dueAt, Optional<Instant> lastComplete) {}

  /**
   * Watches from now on.
   *
   * @param products those with a schedule are watched
   * @param grace for a poll that has begun, to end
   * @param roomOfProduct Webex's id of the room, by product type
   */
  public Punctuality(
      Ledger ledger,
      List<Product> products,
      Duration grace,
      Function<String, String> roomOfProduct,
      Notices words,
      Clocks clocks) {
    this.ledger = ledger;
    this.clock = clocks.wall();
    this.jumps = new ClockJumps(clocks);
    this.ends = new PollEnds(ledger, clock);
    this.products = products.stream().filter(product -> !product.schedule().isEmpty()).toList();
    this.grace = grace;
    this.roomOfProduct = roomOfProduct;
    this.words = words;
    this.begun = clock.instant();
  }

  /** Those that are late now. */
  public List<Late> late() {
    if (!jumps.sinceLastLook().isZero()) {
      // What was written down before is not to be compared with what the clock says now.
      begun = clock.instant();
      ends.turnedBack();
    }
    Map<String, PollEnds.End> known = new HashMap<>();
    ends.list().forEach(end -> known.put(end.productType(), end));
    Instant now = clock.instant();
    List<Late> late = new ArrayList<>();
    for (Product product : products) {
      Optional<Instant> complete =
          Optional.ofNullable(known.get(product.type())).flatMap(PollEnds.End::completeAt);
      // Before this process began, nobody may have been there to poll.
      Instant since = complete.filter(at -> at.isAfter(begun)).orElse(begun);
      next(product.schedule(), since)
          .filter(due -> now.isAfter(due.plus(grace)))
          .ifPresent(due -> late.add(new Late(product.type(), due, complete)));
    }
    return late;
  }

  /** Tells rooms of what has become late, and of what is on time again. */
  public void tell() {
    List<Late> late = late();
    tellLate(late);
    tellOnTime(late.stream().map(Late::productType).toList());
  }

  private void tellLate(List<Late> late) {
    Map<String, List<Late>> byRoom = new LinkedHashMap<>();
    for (Late each : late) {
      if (ends.late(each.productType())) {
        byRoom
            .computeIfAbsent(roomOfProduct.apply(each.productType()), room -> new ArrayList<>())
            .add(each);
      }
    }
    byRoom.forEach(
        (room, those) -> {
          List<Notices.Late> said =
              those.stream()
                  .map(
                      each ->
                          new Notices.Late(each.productType(), each.dueAt(), each.lastComplete()))
                  .toList();
          String key = send(room, Optional.empty(), words.late(said));
          those.forEach(each -> ends.noticed(each.productType(), key));
        });
  }

  private void tellOnTime(List<String> late) {
    for (PollEnds.End end : ends.list()) {
      boolean wasLate = end.isCompleteSinceLate() && !late.contains(end.productType());
      if (wasLate && ends.onTime(end.productType())) {
        send(
            roomOfProduct.apply(end.productType()),
            end.noticeKey(),
            words.onTime(end.productType(), end.figures()));
      }
    }
  }

  private String send(String room, Optional<String> parent, Draft draft) {
    return ledger.transact(
        (handle, circuits) ->
            new Envelope(room, Optional.empty(), parent, "", clock.instant(), 0)
                .send(handle, draft));
  }

  private static Optional<Instant> next(String cron, Instant since) {
    try {
      CronExpression schedule = new CronExpression(cron);
      schedule.setTimeZone(TimeZone.getTimeZone("UTC"));
      return Optional.ofNullable(schedule.getNextValidTimeAfter(Date.from(since)))
          .map(Date::toInstant);
    } catch (ParseException impossible) {
      throw new IllegalStateException("The reading of the file has looked at it.", impossible);
    }
  }
}
