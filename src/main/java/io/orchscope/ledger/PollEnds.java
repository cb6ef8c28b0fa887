package io.orchscope.ledger;

import io.orchscope.mdso.PollSummary;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How the last poll of each product ended, whichever process it was. */
public final class PollEnds {

  private static final String NOTE =
      "insert into poll_end (product_type, poll_id, ended_at, figures, complete_at) values"
          + " (:product, :poll, :now, :figures, :complete) on conflict (product_type) do update set"
          + " poll_id = excluded.poll_id, ended_at = excluded.ended_at,"
          + " figures = excluded.figures,"
          + " complete_at = coalesce(excluded.complete_at, poll_end.complete_at)";

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
      Optional<String> noticeKey) {}

  public PollEnds(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** Takes note of the end of a poll. */
  public void note(PollSummary summary) {
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
                .execute());
    new PollLeases(ledger, clock).end(summary.pollId());
  }

  /** All that are known, by product; none where there is no ledger yet. */
  public List<End> list() {
    if (!ledger.exists()) {
      return List.of();
    }
    return ledger.transact(
        (handle, circuits) ->
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
