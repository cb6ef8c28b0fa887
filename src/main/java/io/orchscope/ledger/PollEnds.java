package io.orchscope.ledger;

import io.orchscope.mdso.PollSummary;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How the last poll of each product ended, whichever process it was. */
public final class PollEnds {

  private static final String NOTE =
      "insert into poll_end (product_type, poll_id, ended_at, figures, complete_at, covered_until)"
          + " values (:product, :poll, :now, :figures, :complete, :until) on conflict (product_type) do update set"
          + " poll_id = excluded.poll_id, ended_at = excluded.ended_at,"
          + " figures = excluded.figures,"
          + " complete_at = coalesce(excluded.complete_at, poll_end.complete_at),"
          + " covered_until = case when excluded.complete_at is null"
          + " or poll_end.covered_until < :since then poll_end.covered_until"
          + " else excluded.covered_until end";

  private static final String EXPECT =
      "insert into poll_end (product_type, poll_id, ended_at, figures) values (:product, '', 0, '')"
          + " on conflict (product_type) do nothing";

  private final Ledger ledger;
  private final Clock clock;

  /**
   * The end of a poll.
   *
   * @param figures its equation; empty when there was no poll yet
   * @param completeAt when the last one ended that read everything
   * @param lateSince since when it is known that it is late
   * @param noticeKey of the message that says so
   */
  public record End(
      String productType,
      Instant endedAt,
      String figures,
      Optional<Instant> completeAt,
      Optional<Instant> lateSince,
      Optional<String> noticeKey) {

    /** Whether it was late and has been complete since. */
    boolean isCompleteSinceLate() {
      return lateSince
          .filter(late -> completeAt.filter(at -> !at.isBefore(late)).isPresent())
          .isPresent();
    }
  }

  public PollEnds(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * Takes note of the end of a poll.
   *
   * @param since where its window began
   * @param startedAt when it began itself; what changed before has been looked at if it read
   *     everything and its window joins on to what had been looked at
   */
  public void note(PollSummary summary, Instant since, Instant startedAt) {
    long now = clock.millis();
    ledger.transact(
        (handle, circuits) ->
            handle
                .createUpdate(NOTE)
                .bind("product", summary.productType())
                .bind("poll", summary.pollId())
                .bind("now", now)
                .bind("figures", summary.equation())
                .bind("complete", summary.incomplete() ? null : now)
                .bind("since", since.toEpochMilli())
                .bind("until", summary.incomplete() ? null : startedAt.toEpochMilli())
                .execute());
    new PollLeases(ledger).end(summary.pollId());
  }

  /** Takes note of the end of a poll of one circuit, which says nothing of its product. */
  public void left(PollSummary summary) {
    new PollLeases(ledger).end(summary.pollId());
  }

  /** Until when every change of a product's resources has been looked at; empty before that. */
  Optional<Instant> coveredUntil(String productType) {
    return ledger.exists()
        ? ledger.transact(
            (handle, circuits) ->
                handle
                    .createQuery(
                        "select covered_until from poll_end where product_type = :product"
                            + " and covered_until is not null")
                    .bind("product", productType)
                    .mapTo(Long.class)
                    .findOne()
                    .map(Instant::ofEpochMilli))
        : Optional.empty();
  }

  /** All that are known, by product; none where there is no ledger yet. */
  public List<End> list() {
    if (!ledger.exists()) {
      return List.of();
    }
    return ledger.look(
        handle ->
            handle
                .createQuery("select * from poll_end order by product_type")
                .map(
                    (row, context) ->
                        new End(
                            row.getString("product_type"),
                            Instant.ofEpochMilli(row.getLong("ended_at")),
                            row.getString("figures"),
                            GroupRow.moment(row, "complete_at"),
                            GroupRow.moment(row, "late_since"),
                            Optional.ofNullable(row.getString("notice_key"))))
                .list());
  }

  /** Puts moments back that cannot be, since somebody has put the clock back; keeps their order. */
  void turnedBack() {
    long now = clock.millis();
    ledger.transact(
        (handle, circuits) ->
            handle.execute("update poll_end set late_since = ? where late_since > ?", now, now)
                + handle.execute(
                    "update poll_end set complete_at = ? where complete_at > ?", now - 1, now));
  }

  /** Takes note that a product is late; answers false when somebody else has done so. */
  boolean late(String productType) {
    long now = clock.millis();
    return ledger.transact(
        (handle, circuits) -> {
          handle.createUpdate(EXPECT).bind("product", productType).execute();
          return handle.execute(
                  "update poll_end set late_since = ? where product_type = ?"
                      + " and late_since is null",
                  now,
                  productType)
              == 1;
        });
  }

  void noticed(String productType, String noticeKey) {
    ledger.transact(
        (handle, circuits) ->
            handle.execute(
                "update poll_end set notice_key = ? where product_type = ?",
                noticeKey,
                productType));
  }

  /** Takes note that a product is on time again; answers false when somebody else has done so. */
  boolean onTime(String productType) {
    return ledger.transact(
        (handle, circuits) ->
            handle.execute(
                    "update poll_end set late_since = null, notice_key = null"
                        + " where product_type = ? and late_since is not null",
                    productType)
                == 1);
  }
}
