package io.orchscope.step;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;

/** The moment that a reply names for the next question: seconds, or an HTTP date. */
final class RetryAfter {

  /** Source: RFC 9110 §10.2.3. Errors: a word that is neither is none. */
  static Optional<Instant> in(Map<String, String> headers, Instant now) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase("Retry-After"))
        .map(Map.Entry::getValue)
        .findFirst()
        .flatMap(value -> moment(value.strip(), now));
  }

  private static Optional<Instant> moment(String value, Instant now) {
    if (value.matches("[0-9]{1,9}")) {
      return Optional.of(now.plus(Duration.ofSeconds(Long.parseLong(value))));
    }
    try {
      return Optional.of(
          ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException neither) {
      return Optional.empty();
    }
  }

  private RetryAfter() {}
}
