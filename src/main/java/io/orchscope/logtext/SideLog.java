package io.orchscope.logtext;

import java.util.Optional;
import java.util.Set;

/**
 * The log that is written for Splunk: {@code resource_id=… | circuit_id=… | resource_error=…}. An
 * error holds the same sign as the one between fields, so that it ends only before the name of the
 * next. Source: domain.md §5.2.
 */
final class SideLog {

  private static final String ERROR = "resource_error=";
  private static final String BETWEEN = " | ";
  private static final Set<String> NOTHING = Set.of("", "None", "null", "''", "\"\"");

  private SideLog() {}

  /** The error of the resource that a line is about, if it has one. */
  static Optional<String> error(String message) {
    int found = message.indexOf(ERROR);
    if (found < 0) {
      return Optional.empty();
    }
    int from = found + ERROR.length();
    String error = message.substring(from, end(message, from)).strip();
    return NOTHING.contains(error) ? Optional.empty() : Optional.of(error);
  }

  private static int end(String message, int from) {
    for (int at = message.indexOf(BETWEEN, from); at >= 0; at = message.indexOf(BETWEEN, at + 1)) {
      int name = at + BETWEEN.length();
      int end = name;
      while (end < message.length()
          && (Character.isLetterOrDigit(message.charAt(end)) || message.charAt(end) == '_')) {
        end++;
      }
      if (end > name && message.startsWith("=", end)) {
        return at;
      }
    }
    return message.length();
  }
}
