package io.orchscope.logtext;

import java.util.Locale;
import java.util.Set;

/**
 * What stands before the message of a line: time, host, logger and level, as far as they are there.
 *
 * <p>Shape: {@code 2024-03-01 14:06:19,682 - logger - ERROR - message}, {@code [time] [ERROR]
 * message}, {@code ERROR:logger:message}, {@code Nov 16 11:00:01 host PROC[5678]: logger: ERROR:
 * message} and what lies between them. A level counts only where names alone stand before it, each
 * with a sign behind it: in {@code activation ended with ERROR} it is a word like others. Errors:
 * none; a line with nothing of that is all message. Source: domain.md §5.2 and §9.3.
 */
final class LinePrefix {

  private static final Set<String> LEVELS =
      Set.of(
          "TRACE",
          "DEBUG",
          "INFO",
          "NOTICE",
          "WARN",
          "WARNING",
          "ERROR",
          "SEVERE",
          "CRITICAL",
          "FATAL");

  private static final int LONGEST_LEVEL = 8;
  private static final int LONGEST_NAME = 128;
  private static final int MOST_NAMES = 4;
  private static final int LONGEST_PRIORITY = 5;

  private final String line;
  private int at;
  private String level = "";

  LinePrefix(String line) {
    this.line = line;
  }

  LogLine read() {
    int begin = pastPriority();
    if (line.startsWith("[", begin) || line.startsWith("(", begin)) {
      begin++;
    }
    int end = Stamp.end(line, begin);
    String stamp = line.substring(begin, end);
    if (!stamp.isEmpty()) {
      at = is(end, ']') || is(end, ')') ? end + 1 : end;
      at = pastSeparator(at);
      host(stamp);
    }
    level();
    return new LogLine(line, stamp, level, at == 0 ? line : line.substring(at));
  }

  /** {@code <13>} of syslog. */
  private int pastPriority() {
    int end = line.startsWith("<") ? line.indexOf('>') : -1;
    boolean isPriority =
        end > 1
            && end < LONGEST_PRIORITY
            && line.substring(1, end).chars().allMatch(LinePrefix::isDigit);
    return isPriority ? end + 1 : 0;
  }

  /** Behind syslog's time stands a host, and behind it mostly the program, {@code PROC[5678]:}. */
  private void host(String stamp) {
    int host = nameEnd(at);
    int program = pastBlanks(host);
    int end = line.indexOf("]:", program);
    boolean hasProgram =
        host > at
            && program > host
            && end > program
            && end - program < LONGEST_NAME
            && line.lastIndexOf(' ', end) < program;
    if (hasProgram) {
      at = pastSeparator(end + 1);
    } else if (Stamp.isOfSyslog(stamp) && program > host) {
      at = program;
    }
  }

  private void level() {
    int place = at;
    for (int names = 0; names < MOST_NAMES && place < line.length(); names++) {
      boolean isBracketed = is(place, '[') || is(place, '(');
      int from = isBracketed ? place + 1 : place;
      int end = isBracketed ? bracketEnd(from) : nameEnd(from);
      if (end <= from) {
        return;
      }
      if (isLevel(from, end, isBracketed)) {
        level = line.substring(from, end).strip().toUpperCase(Locale.ROOT);
        at = pastSeparator(isBracketed ? end + 1 : end);
        return;
      }
      int next = isBracketed ? pastSeparator(end + 1) : pastName(from, end);
      if (next <= place) {
        return;
      }
      place = next;
    }
  }

  private boolean isLevel(int from, int end, boolean isBracketed) {
    if (end - from > LONGEST_LEVEL + 2) {
      return false;
    }
    String word = line.substring(from, end);
    return isBracketed
        ? LEVELS.contains(word.strip().toUpperCase(Locale.ROOT))
        : LEVELS.contains(word);
  }

  /** The place behind the name of a logger and what ends it; the name's own for other words. */
  private int pastName(int from, int end) {
    int place = end;
    if (is(place, '[')) {
      int close = bracketEnd(place + 1);
      if (close < 0) {
        return from;
      }
      place = close + 1;
    }
    if (is(place, ':') && !line.startsWith("://", place)) {
      return pastBlanks(place + 1);
    }
    int next = pastBlanks(place);
    if (next > place && (is(next, '-') || is(next, '|')) && is(next + 1, ' ')) {
      return pastBlanks(next + 1);
    }
    boolean isDotted = line.lastIndexOf('.', end - 2) > from;
    return next > place && isDotted ? next : from;
  }

  private int nameEnd(int from) {
    int end = from;
    while (end < line.length() && end - from < LONGEST_NAME && !endsName(line.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean endsName(char character) {
    return switch (character) {
      case ' ', '\t', ':', '[', ']', '(', ')', '{', '}', '|', ',', '"', '\'', '=' -> true;
      default -> false;
    };
  }

  private int bracketEnd(int from) {
    int latest = Math.min(line.length(), from + LONGEST_NAME);
    for (int end = from; end < latest; end++) {
      if (line.charAt(end) == ']' || line.charAt(end) == ')') {
        return end;
      }
    }
    return -1;
  }

  /** One sign between blanks, and one blank behind it: more of them belong to the message. */
  private int pastSeparator(int from) {
    int sign = pastBlanks(from);
    boolean isSign = is(sign, ':') || ((is(sign, '-') || is(sign, '|')) && is(sign + 1, ' '));
    if (!isSign) {
      return sign;
    }
    return is(sign + 1, ' ') ? sign + 2 : sign + 1;
  }

  private int pastBlanks(int from) {
    int end = Math.min(from, line.length());
    while (end < line.length() && (line.charAt(end) == ' ' || line.charAt(end) == '\t')) {
      end++;
    }
    return end;
  }

  private boolean is(int place, char character) {
    return place < line.length() && line.charAt(place) == character;
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }
}
