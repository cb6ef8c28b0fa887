package io.orchscope.step;

import io.orchscope.ledger.BlindSpots;
import io.orchscope.ledger.LedgerException;
import io.orchscope.ledger.PollEnds;
import io.orchscope.mdso.Poll;
import io.orchscope.mdso.PollSummary;
import io.orchscope.mdso.Polls;
import io.orchscope.report.Audience;
import io.orchscope.telemetry.Signals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a poll: one line in the log, the figures on its span, a word to the audience. */
public final class PollReports {

  private static final Logger log = LoggerFactory.getLogger(PollReports.class);

  private final Polls polls;
  private final Signals signals;
  private final Audience audience;
  private final PollEnds ends;
  private final BlindSpots blindSpots;

  public PollReports(
      Polls polls, Signals signals, Audience audience, PollEnds ends, BlindSpots blindSpots) {
    this.polls = polls;
    this.signals = signals;
    this.audience = audience;
    this.ends = ends;
    this.blindSpots = blindSpots;
  }

  /** The poll as it was, with its figures told. */
  public Poll end(Poll poll) {
    PollSummary summary = polls.end(poll);
    signals.pollEnded(summary);
    log.info(
        "A poll has ended. product={} poll={} {} too_old={} repeated={} took_ms={}{}{}{}",
        summary.productType(),
        summary.pollId(),
        summary.equation(),
        summary.tooOld(),
        summary.repeated(),
        summary.took().toMillis(),
        summary.incomplete() ? " incomplete=true" : "",
        summary.undated() > 0 ? " undated=" + summary.undated() : "",
        summary.leftEarly().map(why -> " reason=\"" + why + "\"").orElse(""));
    note(summary, poll);
    audience.pollEnded(summary);
    return poll;
  }

  private void note(PollSummary summary, Poll poll) {
    try {
      if (poll.circuit().isPresent()) {
        ends.left(summary);
        return;
      }
      ends.note(summary, poll.since(), poll.startedAt());
      blindSpots.tell(summary, Sender.current());
    } catch (LedgerException unusable) {
      log.warn("The end of a poll could not be written down. poll={}", summary.pollId(), unusable);
    }
  }
}
