package io.orchscope.hostlog;

import java.io.IOException;

/** So much as one circuit may cost has been read, or so long. */
public final class OutOfBudgetException extends IOException {

  private static final long serialVersionUID = 1L;

  private final boolean isTime;

  /**
   * Says which budget.
   *
   * @param isTime whether the time is up; else the bytes are
   */
  public OutOfBudgetException(String message, boolean isTime) {
    super(message);
    this.isTime = isTime;
  }

  /** Whether another try may bring more: time is given anew, bytes are not. */
  public boolean isTime() {
    return isTime;
  }
}
