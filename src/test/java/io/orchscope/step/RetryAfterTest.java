package io.orchscope.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which pause a reply asks for. */
final class RetryAfterTest {

  private static final Instant NOON = Instant.parse("2024-03-01T12:00:00Z");

  // the clock of the neighbour may be ten minutes before ours, or behind
  @ParameterizedTest
  @CsvSource({
    "'7',                             '',                              7",
    "'7',                             'Fri, 01 Mar 2024 11:50:00 GMT', 7",
    "'Fri, 01 Mar 2024 12:00:07 GMT', '',                              7",
    "'Fri, 01 Mar 2024 12:10:07 GMT', 'Fri, 01 Mar 2024 12:10:00 GMT', 7",
    "'Fri, 01 Mar 2024 11:50:07 GMT', 'Fri, 01 Mar 2024 11:50:00 GMT', 7",
    "'Fri, 01 Mar 2024 11:00:00 GMT', '',                              0",
    "'soon',                          '',                              ",
    "'-3',                            '',                              ",
  })
  void takesSecondsAsTheyAreAndDatesByTheClockOfWhoSaysThem(
      String value, String date, Long seconds) {
    Map<String, String> headers = new HashMap<>(Map.of("retry-after", value));
    if (!date.isEmpty()) {
      headers.put("Date", date);
    }

    assertThat(RetryAfter.in(headers, NOON))
        .isEqualTo(Optional.ofNullable(seconds).map(Duration::ofSeconds));
  }
}
