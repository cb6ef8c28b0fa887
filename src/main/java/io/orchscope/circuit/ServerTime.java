package io.orchscope.circuit;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A moment as servers write it.
 *
 * <p>Shape: ISO 8601 with or without separators, fraction, seconds, time and zone, {@code T} or a
 * blank in between; RFC 1123; or a number of seconds, milliseconds, microseconds or nanoseconds
 * since 1970. A time without a zone is read as UTC.
 *
 * @param instant the moment
 * @param latest the latest moment that may be meant, where zone or time are not said
 */
public record ServerTime(Instant instant, Instant latest) {

  /** UTC-12, the zone in which a day ends last. */
  private static final Duration LAST_ZONE = Duration.ofHours(12);

  /** A time before is a placeholder, such as 0 or the year 1: no orchestrator is that old. */
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

  private static final int LONGEST = 64;

  private static final Pattern ISO =
      Pattern.compile(
          "(\\d{4})(-?)(\\d{2})\\2(\\d{2})"
              + "(?:(?:[Tt]|\\s+)(\\d{2}):?(\\d{2})(?::?(\\d{2})(?:[.,](\\d+))?)?"
              + "\\s*([Zz]|UTC|utc|GMT|gmt|[+-]\\d{2}(?::?\\d{2})?)?(?:\\[[\\w/+-]+])?)?");

  private static final Pattern NUMBER = Pattern.compile("\\d{9,19}(?:[.,]\\d{1,9})?");

  /** The moment that a text says; none when it says none, or one before the year 2000. */
  public static Optional<ServerTime> read(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty() || stripped.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      return time(stripped).filter(time -> !time.instant().isBefore(EARLIEST));
    } catch (DateTimeException | ArithmeticException | NumberFormatException unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<ServerTime> time(String text) {
    Matcher iso = ISO.matcher(text);
    if (iso.matches()) {
      return Optional.of(iso(iso));
    }
    if (NUMBER.matcher(text).matches()) {
      return Optional.of(exact(epoch(new BigDecimal(text.replace(',', '.')))));
    }
    if (Character.isLetter(text.charAt(0))) {
      return Optional.of(
          exact(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant()));
    }
    return exponent(text);
  }

  /** JSON writers turn large numbers into 1.796E9. */
  private static Optional<ServerTime> exponent(String text) {
    BigDecimal number = new BigDecimal(text);
    return number.precision() - number.scale() >= 9 && number.precision() - number.scale() <= 19
        ? Optional.of(exact(epoch(number)))
        : Optional.empty();
  }

  private static ServerTime iso(Matcher iso) {
    LocalDate date =
        LocalDate.of(
            Integer.parseInt(iso.group(1)),
            Integer.parseInt(iso.group(3)),
            Integer.parseInt(iso.group(4)));
    if (iso.group(5) == null) {
      return new ServerTime(
          date.atStartOfDay().toInstant(ZoneOffset.UTC),
          date.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC).plus(LAST_ZONE));
    }
    int second = iso.group(7) == null ? 0 : Math.min(59, Integer.parseInt(iso.group(7)));
    LocalTime clock =
        LocalTime.of(
            Integer.parseInt(iso.group(5)),
            Integer.parseInt(iso.group(6)),
            second,
            iso.group(8) == null ? 0 : nanos(iso.group(8)));
    LocalDateTime local = LocalDateTime.of(date, clock);
    if (iso.group(9) == null) {
      Instant utc = local.toInstant(ZoneOffset.UTC);
      return new ServerTime(utc, utc.plus(LAST_ZONE));
    }
    return exact(local.toInstant(zone(iso.group(9))));
  }

  private static ZoneOffset zone(String text) {
    return Character.isLetter(text.charAt(0)) ? ZoneOffset.UTC : ZoneOffset.of(text);
  }

  private static int nanos(String fraction) {
    return Integer.parseInt((fraction + "000000000").substring(0, 9));
  }

  /** The size shows the unit: each is a thousandth of the one before. */
  private static Instant epoch(BigDecimal number) {
    int digits = number.precision() - number.scale();
    int unit = digits <= 11 ? 0 : digits <= 14 ? 3 : digits <= 17 ? 6 : 9;
    BigDecimal seconds = number.movePointLeft(unit);
    long whole = seconds.longValue();
    return Instant.ofEpochSecond(
        whole, seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue());
  }

  private static ServerTime exact(Instant instant) {
    return new ServerTime(instant, instant);
  }
}
