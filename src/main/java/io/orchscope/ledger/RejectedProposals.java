package io.orchscope.ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Kinds of errors for which people want no rule. */
public final class RejectedProposals {

  private final Ledger ledger;
  private final Clock clock;

  /** Who did not want it, why and when. */
  public record Rejection(String who, String reason, Instant at) {}

  public RejectedProposals(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** Takes note that somebody does not want a rule. */
  public void reject(String proposal, String who, String reason) {
    ledger.transact(
        (handle, circuits) ->
            handle
                .createUpdate(
                    "insert into rejected_proposal (proposal_id, who, reason, rejected_at)"
                        + " values (:id, :who, :reason, :now) on conflict (proposal_id) do update"
                        + " set who = excluded.who, reason = excluded.reason,"
                        + " rejected_at = excluded.rejected_at")
                .bind("id", proposal)
                .bind("who", who)
                .bind("reason", reason)
                .bind("now", clock.millis())
                .execute());
  }

  /** Takes a rejection back; answers whether there was one. */
  public boolean reconsider(String proposal) {
    return ledger.exists()
        && ledger.transact(
            (handle, circuits) ->
                handle.execute("delete from rejected_proposal where proposal_id = ?", proposal)
                    > 0);
  }

  /** All that were rejected, by their ids; none where there is no ledger yet. */
  public Map<String, Rejection> all() {
    Map<String, Rejection> all = new LinkedHashMap<>();
    if (ledger.exists()) {
      ledger
          .transact(
              (handle, circuits) ->
                  handle
                      .createQuery("select * from rejected_proposal order by proposal_id")
                      .map(
                          (row, context) ->
                              Map.entry(
                                  row.getString("proposal_id"),
                                  new Rejection(
                                      row.getString("who"),
                                      row.getString("reason"),
                                      Instant.ofEpochMilli(row.getLong("rejected_at")))))
                      .list())
          .forEach(entry -> all.put(entry.getKey(), entry.getValue()));
    }
    return all;
  }
}
