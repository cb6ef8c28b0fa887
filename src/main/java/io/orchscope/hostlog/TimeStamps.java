package io.orchscope.hostlog;

import java.time.LocalDate;

/**
 * The times at which lines were written.
 *
 * <p>Shape: {@code yyyy-MM-dd}, {@code T} or a space, {@code HH:mm:ss}, perhaps {@code .} or {@code
 * ,} and a fraction, perhaps {@code Z} or an offset from UTC; anywhere in a line's first {@value
 * #REACH} bytes. A time without an offset is UTC, as the clocks of MDSO's hosts are.
 *
 * <p>Units: milliseconds since 1970.
 */
final class TimeStamps {

  /** How far into a line a time may begin and end. */
  static final int REACH = 64;

  /** No time. */
  static final long NONE = Long.MIN_VALUE;

  private static final int SHORTEST = 19;

  /**
   * The time in a line that begins at {@code from}; its end, or that of the text, is at {@code to}.
   */
  static long at(byte[] text, int from, int to) {
    int last = Math.min(to, from + REACH) - SHORTEST;
    for (int i = from; i <= last; i++) {
      if (text[i + 4] == '-' && text[i + 13] == ':' && text[i + 16] == ':') {
        long time = timeAt(text, i, Math.min(to, from + REACH));
        if (time != NONE) {
          return time;
        }
      }
    }
    return NONE;
  }

  /**
   * The time of the first line that has one.
   *
   * @param isLineStart whether the text begins with the beginning of a line
   */
  static long firstIn(byte[] text, int length, boolean isLineStart) {
    int line = isLineStart ? 0 : endOfLine(text, 0, length);
    while (line < length) {
      int end = endOfLine(text, line, length);
      long time = at(text, line, end);
      if (time != NONE) {
        return time;
      }
      line = end;
    }
    return NONE;
  }

  /** Behind the line feed at or after {@code from}, or behind the text. */
  static int endOfLine(byte[] text, int from, int length) {
    for (int i = from; i < length; i++) {
      if (text[i] == '\n') {
        return i + 1;
      }
    }
    return length;
  }

  private static long timeAt(byte[] text, int at, int end) {
    int year = number(text, at, 4);
    int month = number(text, at + 5, 2);
    int day = number(text, at + 8, 2);
    int hour = number(text, at + 11, 2);
    int minute = number(text, at + 14, 2);
    int second = number(text, at + 17, 2);
    boolean isDate =
        year >= 1970 && month >= 1 && month <= 12 && text[at + 7] == '-' && day >= 1 && day <= 31;
    boolean isTime =
        (text[at + 10] == 'T' || text[at + 10] == ' ')
            && hour >= 0
            && hour < 24
            && minute >= 0
            && minute < 60
            && second >= 0
            && second <= 60;
    if (!isDate || !isTime || day > LocalDate.of(year, month, 1).lengthOfMonth()) {
      return NONE;
    }
    long days = LocalDate.of(year, month, day).toEpochDay();
    long time = ((days * 24 + hour) * 60 + minute) * 60_000L + second * 1_000L;
    int next = at + SHORTEST;
    if (next + 1 < end && (text[next] == '.' || text[next] == ',') && isDigit(text[next + 1])) {
      int digits = 1;
      int weight = 100;
      while (next + digits < end && isDigit(text[next + digits])) {
        time += (long) weight * (text[next + digits] - '0');
        weight /= 10;
        digits++;
      }
      next += digits;
    }
    return time - offset(text, next, end);
  }

  /** Of {@code +0100} and {@code +01:00} an hour; of anything else nothing. */
  private static long offset(byte[] text, int at, int end) {
    if (at + 5 > end || (text[at] != '+' && text[at] != '-')) {
      return 0;
    }
    int minutesAt = text[at + 3] == ':' ? at + 4 : at + 3;
    int hours = number(text, at + 1, 2);
    int minutes = minutesAt + 2 <= end ? number(text, minutesAt, 2) : -1;
    if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
      return 0;
    }
    long offset = (hours * 60L + minutes) * 60_000L;
    return text[at] == '-' ? -offset : offset;
  }

  /** -1 when it is none. */
  private static int number(byte[] text, int at, int digits) {
    int number = 0;
    for (int i = at; i < at + digits; i++) {
      if (!isDigit(text[i])) {
        return -1;
      }
      number = number * 10 + text[i] - '0';
    }
    return number;
  }

  private static boolean isDigit(byte letter) {
    return letter >= '0' && letter <= '9';
  }

  private TimeStamps() {}
}
