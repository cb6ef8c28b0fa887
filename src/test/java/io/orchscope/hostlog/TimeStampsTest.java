package io.orchscope.hostlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeStampsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2024-03-01T14:06:19.682Z x | 2024-03-01T14:06:19.682Z",
        "2024-03-01T14:06:19.682999Z | 2024-03-01T14:06:19.682Z",
        "2024-03-01 14:06:19,6 x | 2024-03-01T14:06:19.600Z",
        "2024-03-01 14:06:19 | 2024-03-01T14:06:19Z",
        "2024-03-01 14:06:19. | 2024-03-01T14:06:19Z",
        "[INFO] {2024-02-29T23:59:59} | 2024-02-29T23:59:59Z",
        "2024-03-01T14:06:19+01:00 | 2024-03-01T13:06:19Z",
        "2024-03-01T14:06:19.5-0630 | 2024-03-01T20:36:19.500Z",
        "2024-03-01T14:06:19+99:00 | 2024-03-01T14:06:19Z",
        "2024-13-01T14:06:19 2024-03-01T14:06:19 | 2024-03-01T14:06:19Z",
        "1234-2024-03-01T14:06:19 | 2024-03-01T14:06:19Z"
      })
  void areFoundInManyShapes(String line, Instant time) {
    assertThat(at(line)).isEqualTo(time.toEpochMilli());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2024-03-01",
        "2024-03-01T14:06:1",
        "2024-02-30T14:06:19",
        "2024-00-10T14:06:19",
        "2024-03-01T24:06:19",
        "2024-03-01T14:60:19",
        "2024/03/01 14:06:19",
        "2024-03-01_14:06:19",
        "------------:--:---",
        "0000-03-01T14:06:19",
        "                                                 2024-03-01T14:06:19"
      })
  void areNotSeenInWhatIsNone(String line) {
    assertThat(at(line)).isEqualTo(TimeStamps.NONE);
  }

  @Test
  void areNotTakenOfALineWhoseBeginningIsNotThere() {
    byte[] text = "2024-03-01T14:06:19\nx\n2024-03-01T14:06:20\n".getBytes(StandardCharsets.UTF_8);

    assertThat(TimeStamps.firstIn(text, text.length, true))
        .isEqualTo(Instant.parse("2024-03-01T14:06:19Z").toEpochMilli());
    assertThat(TimeStamps.firstIn(text, text.length, false))
        .isEqualTo(Instant.parse("2024-03-01T14:06:20Z").toEpochMilli());
  }

  private static long at(String line) {
    byte[] text = line.getBytes(StandardCharsets.UTF_8);
    return TimeStamps.at(text, 0, text.length);
  }
}
