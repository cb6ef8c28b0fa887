package io.orchscope.ledger;

import io.orchscope.defect.Examination;
import io.orchscope.defect.Outcome;
import io.orchscope.mdso.Polls;
import io.orchscope.report.Audience;

/**
 * Where it is settled what became of a circuit: in the ledger, in its poll, before the audience.
 */
public final class Decisions {

  private final Ledger ledger;
  private final Settlements settlements;
  private final Polls polls;
  private final Audience audience;

  public Decisions(Ledger ledger, Polls polls, Audience audience) {
    this.ledger = ledger;
    this.settlements = new Settlements(ledger);
    this.polls = polls;
    this.audience = audience;
  }

  /** Settles an examination that came to its end. */
  public Examination record(Examination examination) {
    ledger.decide(examination);
    polls.decided(examination.pollId(), examination.outcome());
    audience.decided(examination);
    return examination;
  }

  /** Settles a circuit that could not be worked on; its revision stays open for the next poll. */
  public void deadLetter(
      String pollId, String resourceId, String reason, String explanation, String body) {
    ledger.deadLetter("circuit", resourceId, reason, explanation, body);
    settlements.settle(pollId, resourceId, Outcome.DEAD_LETTERED);
    polls.decided(pollId, Outcome.DEAD_LETTERED);
  }
}
