package io.orchscope.ledger;

import io.orchscope.mdso.Poll;
import io.orchscope.mdso.PollSummary;
import io.orchscope.mdso.Polls;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells, page by page, which resources of a poll somebody has to look at. */
public final class Claims {

  private static final Logger log = LoggerFactory.getLogger(Claims.class);

  private final Complaint complaint =
      new Complaint(log, "Other processes cannot be kept from the polls of this one");
  private final Ledger ledger;
  private final PollLeases leases;
  private final Polls polls;

  public Claims(Ledger ledger, Polls polls) {
    this.ledger = ledger;
    this.leases = new PollLeases(ledger);
    this.polls = polls;
  }

  /** Keeps other processes from polling what this one is polling. */
  public void extendLeases() {
    List<String> underWay = polls.underWay().stream().map(PollSummary::pollId).toList();
    if (underWay.isEmpty()) {
      return;
    }
    try {
      leases.extend(underWay);
      complaint.isOver();
    } catch (LedgerException unusable) {
      complaint.about(unusable);
    }
  }

  /**
   * The poll with those resources of its page that are new or have changed.
   *
   * <p>Errors: {@link PollTakenException} when another poll of the product is under way.
   */
  public Poll claim(Poll poll) {
    leases.take(poll.lease(), poll.id());
    Ledger.Claim claim = ledger.claim(poll);
    polls.listed(poll, claim.distinct(), claim.unchanged());
    return poll.withFresh(claim.fresh(), claim.distinct());
  }
}
