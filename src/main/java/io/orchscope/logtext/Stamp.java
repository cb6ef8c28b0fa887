package io.orchscope.logtext;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The time at the beginning of a line.
 *
 * <p>Shape: {@code 2024-03-01 14:06:19,682} of Python, with a comma or a dot; ISO 8601 with {@code
 * Z}, an offset or nothing; {@code Nov 16 11:00:01} of syslog. Units: a time without a zone is
 * taken as UTC, on which MDSO's hosts run; that of syslog lacks the year and gives no instant.
 * Source: domain.md §5.2 and §9.3.
 */
final class Stamp {

  private static final String DAY_AND_TIME = "dddd-dd-dd*dd:dd:dd";
  private static final String OF_SYSLOG = "aaa *d dd:dd:dd";
  private static final String OFFSET_WITH_COLON = "dd:dd";
  private static final String OFFSET = "dddd";
  private static final int DIGITS_OF_NANOS = 9;

  private Stamp() {}

  /** Where the stamp ends that begins at a place; the place itself where none does. */
  static int end(String line, int from) {
    if (fits(line, from, OF_SYSLOG)) {
      return from + OF_SYSLOG.length();
    }
    if (!fits(line, from, DAY_AND_TIME)) {
      return from;
    }
    int end = from + DAY_AND_TIME.length();
    if (end + 1 < line.length() && ",.".indexOf(line.charAt(end)) >= 0) {
      end = pastDigits(line, end + 1);
    }
    return pastZone(line, end);
  }

  static boolean isOfSyslog(String stamp) {
    return fits(stamp, 0, OF_SYSLOG);
  }

  /** The instant that a stamp names, if it names one. */
  static Optional<Instant> instant(String stamp) {
    if (!fits(stamp, 0, DAY_AND_TIME)) {
      return Optional.empty();
    }
    try {
      int fraction = Math.min(stamp.length(), DAY_AND_TIME.length() + 1);
      int end = pastDigits(stamp, fraction);
      LocalDateTime time =
          LocalDateTime.of(
              number(stamp, 0, 4),
              number(stamp, 5, 7),
              number(stamp, 8, 10),
              number(stamp, 11, 13),
              number(stamp, 14, 16),
              number(stamp, 17, 19),
              nanos(stamp.substring(fraction, end)));
      return Optional.of(time.toInstant(zone(stamp)));
    } catch (DateTimeException noSuchTime) {
      return Optional.empty();
    }
  }

  private static int nanos(String digits) {
    String nine = (digits + "0".repeat(DIGITS_OF_NANOS)).substring(0, DIGITS_OF_NANOS);
    return number(nine, 0, DIGITS_OF_NANOS);
  }

  private static ZoneOffset zone(String stamp) {
    int sign = Math.max(stamp.lastIndexOf('+'), stamp.lastIndexOf('-'));
    return sign > DAY_AND_TIME.length() - 1 ? ZoneOffset.of(stamp.substring(sign)) : ZoneOffset.UTC;
  }

  private static int pastZone(String line, int at) {
    if (at < line.length() && line.charAt(at) == 'Z') {
      return at + 1;
    }
    if (at < line.length() && "+-".indexOf(line.charAt(at)) >= 0) {
      if (fits(line, at + 1, OFFSET_WITH_COLON)) {
        return at + 1 + OFFSET_WITH_COLON.length();
      }
      return fits(line, at + 1, OFFSET) ? at + 1 + OFFSET.length() : at;
    }
    return at;
  }

  private static int pastDigits(String line, int from) {
    int end = from;
    while (end < line.length() && end - from < DIGITS_OF_NANOS && isDigit(line.charAt(end))) {
      end++;
    }
    return end;
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int at = from; at < to; at++) {
      number = 10 * number + text.charAt(at) - '0';
    }
    return number;
  }

  /** {@code d} is a digit, {@code a} a letter, {@code *} a digit, a blank or a T. */
  private static boolean fits(String line, int from, String shape) {
    if (line.length() - from < shape.length()) {
      return false;
    }
    for (int place = 0; place < shape.length(); place++) {
      char wanted = shape.charAt(place);
      char character = line.charAt(from + place);
      boolean fits =
          switch (wanted) {
            case 'd' -> isDigit(character);
            case 'a' -> (character | 0x20) >= 'a' && (character | 0x20) <= 'z';
            case '*' -> character == ' ' || character == 'T' || isDigit(character);
            default -> character == wanted;
          };
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }
}
