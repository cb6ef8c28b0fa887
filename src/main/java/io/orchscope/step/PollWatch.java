package io.orchscope.step;

import io.orchscope.ledger.Complaint;
import io.orchscope.ledger.LedgerException;
import io.orchscope.ledger.Punctuality;
import io.orchscope.telemetry.Signals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks whether polls are late: the silence of a monitor must not be taken for health. */
public final class PollWatch {

  private static final Logger log = LoggerFactory.getLogger(PollWatch.class);

  private final Punctuality punctuality;
  private final Complaint complaint =
      new Complaint(log, "Nobody can be told whether polls are late");

  public PollWatch(Punctuality punctuality, Signals signals) {
    this.punctuality = punctuality;
    signals.ledger().latePolls(this::late);
  }

  /** Tells rooms of polls that have become late, and of those that are on time again. */
  public void look() {
    try {
      punctuality.tell();
      complaint.isOver();
    } catch (LedgerException unusable) {
      complaint.about(unusable);
    }
  }

  private double late() {
    try {
      return punctuality.late().size();
    } catch (LedgerException unusable) {
      return 0;
    }
  }
}
