package io.orchscope.ledger;

import io.orchscope.mdso.Poll;
import io.orchscope.mdso.Polls;

/** Tells, page by page, which resources of a poll somebody has to look at. */
public final class Claims {

  private final Ledger ledger;
  private final Polls polls;

  public Claims(Ledger ledger, Polls polls) {
    this.ledger = ledger;
    this.polls = polls;
  }

  /** The poll with those resources of its page that are new or have changed. */
  public Poll claim(Poll poll) {
    Ledger.Claim claim = ledger.claim(poll);
    polls.listed(poll, claim.distinct(), claim.unchanged());
    return poll.withFresh(claim.fresh(), claim.distinct());
  }
}
