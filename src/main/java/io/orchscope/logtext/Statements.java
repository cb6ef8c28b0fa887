package io.orchscope.logtext;

import io.orchscope.logtext.Remark.Kind;
import java.util.Optional;
import java.util.Set;

/**
 * What one line says by itself: the first that fits of a record of an orchestration trace, the end
 * of a script, an elapsed time, a bad reply, its level. Source: domain.md §3.1, §5.2 and §9.3.
 */
final class Statements {

  private static final String ERROR_IN = "Error in ";
  private static final String ERROR_WHEN_RUNNING = "Error when running class ";
  private static final Set<String> ERRORS = Set.of("ERROR", "SEVERE", "CRITICAL", "FATAL");
  private static final Set<String> WARNINGS = Set.of("WARN", "WARNING");

  private Statements() {}

  static Optional<Statement> of(LogLine line) {
    String message = line.message();
    if (TraceRecord.isOne(line)) {
      return TraceRecord.of(line);
    }
    Optional<String> resourceError = SideLog.error(message);
    if (resourceError.isPresent()) {
      return said(Kind.FAILURE, line, resourceError.get());
    }
    if (isFailure(message)) {
      return said(Kind.FAILURE, line, message);
    }
    if (Execution.elapsed(message).isPresent()) {
      return said(Kind.ELAPSED, line, message);
    }
    if (Replies.isBad(message)) {
      return said(Kind.BAD_REPLY, line, message);
    }
    return ofLevel(line, line.level(), message);
  }

  static Optional<Statement> ofLevel(LogLine line, String level, String message) {
    if (ERRORS.contains(level)) {
      return said(Kind.ERROR, line, message);
    }
    return WARNINGS.contains(level) ? said(Kind.WARNING, line, message) : Optional.empty();
  }

  /** {@code Error in <process>, …} and {@code Error when running class <process>, …}. */
  private static boolean isFailure(String message) {
    for (int at = message.indexOf(ERROR_IN); at >= 0; at = message.indexOf(ERROR_IN, at + 1)) {
      String process = Execution.processAt(message, at + ERROR_IN.length());
      int end = at + ERROR_IN.length() + process.length();
      if (process.indexOf('.') > 0 && message.startsWith(",", end)) {
        return true;
      }
    }
    return message.contains(ERROR_WHEN_RUNNING);
  }

  private static Optional<Statement> said(Kind kind, LogLine line, String text) {
    return Optional.of(Statement.of(kind, line, text));
  }
}
