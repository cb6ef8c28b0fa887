package io.orchscope.ledger;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;

/**
 * Says once in the log that something does not work, and once that it works again; a line for each
 * attempt would help nobody.
 */
public final class Complaint {

  private final Logger log;
  private final String trouble;
  private final AtomicBoolean lasts = new AtomicBoolean();

  /**
   * Nothing is said yet.
   *
   * @param trouble a sentence without its full stop
   */
  public Complaint(Logger log, String trouble) {
    this.log = log;
    this.trouble = trouble;
  }

  /** It does not work. */
  public void about(Throwable cause) {
    if (lasts.compareAndSet(false, true)) {
      log.error("{}; it is tried again, and not said again.", trouble, cause);
    }
  }

  /** It works. */
  public void isOver() {
    if (lasts.compareAndSet(true, false)) {
      log.info("This is over: {}.", trouble);
    }
  }
}
