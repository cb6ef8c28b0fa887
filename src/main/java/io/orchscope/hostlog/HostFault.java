package io.orchscope.hostlog;

import io.orchscope.hostlog.LogGap.Reason;
import io.orchscope.secret.SecretMask;
import java.io.IOException;

/** A host did not give what it should. */
public final class HostFault extends IOException {

  private static final long serialVersionUID = 1L;

  private static final int LONGEST_EXPLANATION = 300;

  private final Reason reason;

  HostFault(Reason reason, String explanation) {
    super(SecretMask.textWithoutSecrets(oneLine(explanation)));
    this.reason = reason;
  }

  HostFault(Reason reason, String explanation, Throwable cause) {
    super(SecretMask.textWithoutSecrets(oneLine(explanation)), cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** Whether there is no sense in asking the host for the next file. */
  boolean endsTheSearch() {
    return switch (reason) {
      case UNREACHABLE, KEY_REFUSED, HOST_KEY_UNKNOWN, TIMED_OUT, BROKE_OFF -> true;
      default -> false;
    };
  }

  /**
   * What is missing because of a fault while a host was searched, or a {@link FoundLog} was read.
   *
   * @param what see {@link LogGap#what}
   */
  public static LogGap gap(String host, String what, IOException fault) {
    String message = fault.getMessage();
    String explanation = message == null ? fault.getClass().getSimpleName() : oneLine(message);
    return new LogGap(host, what, reasonOf(fault), explanation);
  }

  private static Reason reasonOf(IOException fault) {
    if (fault instanceof OutOfBudgetException budget) {
      return budget.isTime() ? Reason.OUT_OF_TIME : Reason.TOO_MUCH;
    }
    return fault instanceof HostFault ours ? ours.reason : Reason.BROKE_OFF;
  }

  /** Hosts write names and messages; they are not to break lines or fill a page. */
  private static String oneLine(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() <= LONGEST_EXPLANATION
        ? line
        : line.substring(0, LONGEST_EXPLANATION) + "…";
  }
}
