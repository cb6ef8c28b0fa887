package io.orchscope.ledger;

import io.orchscope.alert.AlertTimes;
import io.orchscope.alert.OwedAlert;
import io.orchscope.defect.Examination;
import io.orchscope.defect.Outcome;
import io.orchscope.mdso.Polls;
import io.orchscope.report.Audience;
import java.util.List;
import java.util.Optional;

/**
 * Where it is settled what became of a circuit: in the ledger, in its poll, before the audience.
 */
public final class Decisions {

  private final Ledger ledger;
  private final Settlements settlements;
  private final AlertTimes times;
  private final Polls polls;
  private final Audience audience;

  public Decisions(Ledger ledger, AlertTimes times, Polls polls, Audience audience) {
    this.ledger = ledger;
    this.times = times;
    this.settlements = new Settlements(ledger);
    this.polls = polls;
    this.audience = audience;
  }

  /**
   * Settles an examination that came to its end.
   *
   * @param alerts one for each occurrence
   * @param followUp W3C {@code traceparent} of the span that its follow-up belongs to; none when it
   *     is owed none
   * @return for each alert why it is not told; nothing for those that will be
   */
  public List<Optional<String>> record(
      Examination examination, List<OwedAlert> alerts, Optional<String> followUp) {
    List<Optional<String>> silences = ledger.decide(examination, alerts, times, followUp);
    polls.decided(examination.pollId(), examination.outcome());
    audience.decided(examination);
    return silences;
  }

  /**
   * Settles a circuit that could not be worked on; its revision stays open for the next poll.
   *
   * <p>Errors: {@link LedgerException} when that cannot be written down; the poll ends all the
   * same, as one that is not complete.
   */
  public void deadLetter(
      String pollId, String resourceId, String reason, String explanation, String body) {
    try {
      ledger.deadLetter(resourceId, reason, explanation, body);
      settlements.settle(pollId, resourceId, Outcome.DEAD_LETTERED);
    } catch (LedgerException unusable) {
      polls.spoil(pollId);
      throw unusable;
    } finally {
      polls.decided(pollId, Outcome.DEAD_LETTERED);
    }
  }
}
