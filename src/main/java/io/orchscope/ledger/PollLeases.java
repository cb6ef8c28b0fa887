package io.orchscope.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Lets one poll of a product list at a time, whichever process it belongs to.
 *
 * <p>A process that stands still for longer than a lease finds at its next page that another has
 * taken over, and its poll ends; what it decides of circuits that were listed anew is not taken.
 */
final class PollLeases {

  /** A process that has not asked for so long is gone, or stands still. */
  static final Duration LENGTH = Duration.ofSeconds(15);

  /** Whoever is there has extended its lease by then. */
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(3);

  private static final String TAKE =
      "insert into poll_lease (product_type, poll_id, until_at) values (:product, :poll, :until)"
          + " on conflict (product_type) do update set poll_id = excluded.poll_id,"
          + " until_at = excluded.until_at"
          + " where poll_lease.poll_id = excluded.poll_id or poll_lease.until_at < :now";

  private static final String TAKE_OVER =
      "update poll_lease set poll_id = :poll, until_at = :until"
          + " where product_type = :product and until_at = :seen";

  private final Ledger ledger;
  private final Clock clock;
  private final SignsOfLife others;

  PollLeases(Ledger ledger) {
    this.ledger = ledger;
    this.clock = ledger.clocks().wall();
    this.others = new SignsOfLife(LENGTH, ledger.clocks().steady());
  }

  /**
   * Takes or extends the lease of a product; waits for that of a process that is gone to run out.
   *
   * <p>Errors: {@link PollTakenException} when another poll is under way.
   */
  void take(String productType, String pollId) {
    Optional<Instant> until = tryToTake(productType, pollId);
    while (until.isPresent()) {
      sleep();
      Optional<Instant> later = tryToTake(productType, pollId);
      if (later.isPresent() && !later.equals(until)) {
        throw new PollTakenException(productType, later.get());
      }
      if (later.isPresent() && takeOver(productType, pollId, later.get())) {
        return;
      }
      until = later;
    }
  }

  /** A process that shows no sign of life is gone, whatever the wall clock says of its lease. */
  private boolean takeOver(String productType, String pollId, Instant until) {
    if (!others.hasGone(productType, until.toEpochMilli(), false)) {
      return false;
    }
    long end = clock.millis() + LENGTH.toMillis();
    return ledger.transact(
        (handle, circuits) ->
            handle
                    .createUpdate(TAKE_OVER)
                    .bind("product", productType)
                    .bind("poll", pollId)
                    .bind("until", end)
                    .bind("seen", until.toEpochMilli())
                    .execute()
                == 1);
  }

  /** Answers until when another poll has it; nothing when it is ours. */
  private Optional<Instant> tryToTake(String productType, String pollId) {
    long now = clock.millis();
    return ledger.transact(
        (handle, circuits) -> {
          int taken =
              handle
                  .createUpdate(TAKE)
                  .bind("product", productType)
                  .bind("poll", pollId)
                  .bind("until", now + LENGTH.toMillis())
                  .bind("now", now)
                  .execute();
          return taken == 1
              ? Optional.<Instant>empty()
              : handle
                  .createQuery("select until_at from poll_lease where product_type = :product")
                  .bind("product", productType)
                  .mapTo(Long.class)
                  .findOne()
                  .map(Instant::ofEpochMilli);
        });
  }

  /** Extends those that these polls still have. */
  void extend(Collection<String> pollIds) {
    long until = clock.millis() + LENGTH.toMillis();
    ledger.transact(
        (handle, circuits) ->
            pollIds.stream()
                .mapToInt(
                    poll ->
                        handle.execute(
                            "update poll_lease set until_at = ? where poll_id = ?", until, poll))
                .sum());
  }

  void end(String pollId) {
    ledger.transact(
        (handle, circuits) -> handle.execute("delete from poll_lease where poll_id = ?", pollId));
  }

  private static void sleep() {
    try {
      TimeUnit.MILLISECONDS.sleep(SIGN_OF_LIFE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LedgerException("Interrupted while another poll was under way.", e);
    }
  }
}
