package io.orchscope.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a follow-up stands, for people.
 *
 * @param state owed, complete or given-up
 * @param missing why it is not complete; empty when nothing is
 */
public record FollowUpStanding(
    FollowUp followUp, String state, String missing, Optional<Instant> endedAt) {

  /** The one of an attempt, by the place of its evidence. */
  public static Optional<FollowUpStanding> of(Ledger ledger, String evidence) {
    return ledger.exists()
        ? ledger.look(
            handle ->
                handle
                    .createQuery("select * from follow_up where evidence = :evidence")
                    .bind("evidence", evidence)
                    .map((row, context) -> standing(row))
                    .findOne())
        : Optional.empty();
  }

  /** How many there are in each state. */
  public static Map<String, Long> sums(Ledger ledger) {
    Map<String, Long> sums = new TreeMap<>();
    if (ledger.exists()) {
      ledger.look(
          handle ->
              handle
                  .createQuery("select state, count(*) from follow_up group by state")
                  .map((row, context) -> sums.put(row.getString(1), row.getLong(2)))
                  .list());
    }
    return sums;
  }

  private static FollowUpStanding standing(ResultSet row) throws SQLException {
    return new FollowUpStanding(
        FollowUps.followUp(row),
        row.getString("state"),
        row.getString("missing"),
        GroupRow.moment(row, "ended_at"));
  }
}
