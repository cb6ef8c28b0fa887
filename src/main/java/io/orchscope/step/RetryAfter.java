package io.orchscope.step;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;

/** The pause that a reply asks for before the next question: seconds, or an HTTP date. */
final class RetryAfter {

  /**
   * How long to wait from now on, never negative.
   *
   * <p>A date is on the neighbour's clock. Its reply says by {@code Date} what that clock shows, so
   * that it does not matter how far the clocks are apart. Source: RFC 9110 §10.2.3. Errors: a word
   * that is neither is none.
   */
  static Optional<Duration> in(Map<String, String> headers, Instant now) {
    Instant theirs = header(headers, "Date").flatMap(RetryAfter::date).orElse(now);
    return header(headers, "Retry-After").flatMap(value -> pause(value, theirs));
  }

  private static Optional<String> header(Map<String, String> headers, String name) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .map(String::strip);
  }

  private static Optional<Duration> pause(String value, Instant theirs) {
    if (value.matches("[0-9]{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
    }
    return date(value)
        .map(moment -> Duration.between(theirs, moment))
        .map(pause -> pause.isNegative() ? Duration.ZERO : pause);
  }

  private static Optional<Instant> date(String value) {
    try {
      return Optional.of(
          ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException none) {
      return Optional.empty();
    }
  }

  private RetryAfter() {}
}
