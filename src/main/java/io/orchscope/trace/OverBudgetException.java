package io.orchscope.trace;

/** A computation about one circuit that was given up before its end. */
public final class OverBudgetException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why it was given up. */
  public enum Reason {
    TIME,
    STOPPING
  }

  private final Reason reason;

  OverBudgetException(Reason reason, String explanation) {
    super(explanation, null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
