package io.orchscope.ledger;

import io.orchscope.defect.Outcome;
import io.orchscope.mdso.PollTally;
import java.sql.PreparedStatement;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which poll each circuit was last settled for, and how: what a poll counts whose circuits are
 * worked on by other processes. Each circuit is counted once, however often it was delivered.
 */
public final class Settlements implements PollTally {

  private static final Logger log = LoggerFactory.getLogger(Settlements.class);

  private static final String SETTLE =
      "update resource set settled_in_poll = ?, settled_as = ? where resource_id = ?";

  private static final String IS_SETTLED =
      "select 1 from resource where resource_id = ? and settled_in_poll = ?";

  private static final String TALLY =
      "select settled_as, count(*) from resource where settled_in_poll = ? group by settled_as";

  private final Ledger ledger;

  public Settlements(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Whether a circuit has been settled for a poll already; a queue may deliver it twice. */
  public boolean isSettled(String pollId, String resourceId) {
    return ledger.transact(
        (handle, circuits) ->
            handle
                .createQuery(IS_SETTLED)
                .bind(0, resourceId)
                .bind(1, pollId)
                .mapTo(Long.class)
                .findOne()
                .isPresent());
  }

  /** Settles a circuit that was not decided: its revision stays open. */
  void settle(String pollId, String resourceId, Outcome outcome) {
    ledger.transact(
        (handle, circuits) -> {
          try (PreparedStatement update = handle.getConnection().prepareStatement(SETTLE)) {
            update.setString(1, pollId);
            update.setString(2, outcome.word());
            update.setString(3, resourceId);
            return update.executeUpdate();
          }
        });
  }

  @Override
  public Optional<Map<Outcome, Long>> of(String pollId) {
    try {
      return Optional.of(tally(pollId));
    } catch (LedgerException unreadable) {
      log.warn("How far a poll is cannot be told; it is tried again.", unreadable);
      return Optional.empty();
    }
  }

  private Map<Outcome, Long> tally(String pollId) {
    Map<Outcome, Long> sums = new EnumMap<>(Outcome.class);
    ledger.transact(
        (handle, circuits) ->
            handle
                .createQuery(TALLY)
                .bind(0, pollId)
                .map((row, context) -> sums.put(outcome(row.getString(1)), row.getLong(2)))
                .list());
    return sums;
  }

  private static Outcome outcome(String word) {
    return Arrays.stream(Outcome.values())
        .filter(outcome -> outcome.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new LedgerException("The ledger holds an unknown outcome: " + word));
  }
}
