package io.orchscope.evidence;

import io.orchscope.hostlog.LogGap;
import io.orchscope.hostlog.OutOfBudgetException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Why a log is not whole. */
final class LogBreak {

  /** What the fault of a host, or of a budget, says. */
  static LogGap.Reason reason(IOException fault) {
    if (fault instanceof OutOfBudgetException budget) {
      return budget.isTime() ? LogGap.Reason.OUT_OF_TIME : LogGap.Reason.TOO_MUCH;
    }
    if (fault instanceof NoSuchFileException || fault instanceof FileNotFoundException) {
      return LogGap.Reason.NOT_FOUND;
    }
    if (fault instanceof AccessDeniedException) {
      return LogGap.Reason.NOT_READABLE;
    }
    return fault instanceof SocketTimeoutException
        ? LogGap.Reason.TIMED_OUT
        : LogGap.Reason.BROKE_OFF;
  }

  static LogGap gap(LogState.Source source, IOException fault) {
    return new LogGap(
        source.host(), source.nameOnHost(), reason(fault), String.valueOf(fault.getMessage()));
  }

  /** That our own disk did not take a log; it may the next time. */
  static LogGap gapOfOurs(LogState.Source source) {
    return new LogGap(
        source.host(),
        source.nameOnHost(),
        LogGap.Reason.BROKE_OFF,
        "The disk of the archive did not take it");
  }

  private LogBreak() {}
}
