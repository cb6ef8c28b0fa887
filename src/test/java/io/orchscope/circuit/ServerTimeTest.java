package io.orchscope.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms in which servers write a moment. */
final class ServerTimeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "2026-11-30T10:00:00.123Z|2026-11-30T10:00:00.123Z",
        "2026-11-30T10:00:00+0000|2026-11-30T10:00:00Z",
        "2026-11-30T10:00:00|2026-11-30T10:00:00Z",
        "2026-11-30 10:00:00.5|2026-11-30T10:00:00.5Z",
        "1796032800|2026-11-30T10:00:00Z",
        "1796032800123|2026-11-30T10:00:00.123Z",
        "1796032800123456|2026-11-30T10:00:00.123456Z",
        "1796032800123456789|2026-11-30T10:00:00.123456789Z",
        "1796032800.5|2026-11-30T10:00:00.5Z",
        "1.7960328E9|2026-11-30T10:00:00Z",
        "2026-11-30T11:00:00+01:00|2026-11-30T10:00:00Z",
        "2026-11-30T11:00:00+0100|2026-11-30T10:00:00Z",
        "2026-11-30T11:00:00+01|2026-11-30T10:00:00Z",
        "2026-11-30T04:30:00-05:30|2026-11-30T10:00:00Z",
        "2026-11-30T10:00:00Z|2026-11-30T10:00:00Z",
        "2026-11-30T10:00Z|2026-11-30T10:00:00Z",
        "2026-11-30T10:00:00,123Z|2026-11-30T10:00:00.123Z",
        "2026-11-30T10:00:00.123456789Z|2026-11-30T10:00:00.123456789Z",
        "2026-11-30T10:00:00.123456789123Z|2026-11-30T10:00:00.123456789Z",
        "2026-11-30 10:00:00|2026-11-30T10:00:00Z",
        "2026-11-30 10:00:00 UTC|2026-11-30T10:00:00Z",
        "2026-11-30 10:00:00 GMT|2026-11-30T10:00:00Z",
        "2026-11-30 11:00:00 +0100|2026-11-30T10:00:00Z",
        "2026-11-30t10:00:00z|2026-11-30T10:00:00Z",
        "  2026-11-30T10:00:00Z\t|2026-11-30T10:00:00Z",
        "20261130T100000Z|2026-11-30T10:00:00Z",
        "2026-11-30T11:00:00+01:00[Europe/Berlin]|2026-11-30T10:00:00Z",
        "Mon, 30 Nov 2026 10:00:00 GMT|2026-11-30T10:00:00Z",
        "2026-11-30|2026-11-30T00:00:00Z",
        "2026-12-31T23:59:60Z|2026-12-31T23:59:59Z",
        "2999-01-01T00:00:00Z|2999-01-01T00:00:00Z"
      })
  void readsWhatServersWrite(String written, Instant meant) {
    assertThat(ServerTime.read(written).map(ServerTime::instant)).contains(meant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "0",
        "-1",
        "-1796032800",
        "yesterday",
        "null",
        "NaN",
        "2026-13-45T10:00:00Z",
        "2026-11-30T25:00:00Z",
        "2026-11-30T10:00:00+99:00",
        "1970-01-01T00:00:00Z",
        "0001-01-01T00:00:00Z",
        "1e1000000000",
        "1E2147483647",
        "1E-2147483647",
        "12345",
        "{}",
        "99999999999999999999999",
        "T10:00:00Z",
        "2026/11/30"
      })
  void readsNoMomentThatIsNoneOrAPlaceholder(String written) {
    assertThat(ServerTime.read(written)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-30T10:00:00Z,2026-11-30T10:00:00Z",
    "2026-11-30T10:00:00,2026-11-30T22:00:00Z",
    "2026-11-30,2026-12-01T12:00:00Z"
  })
  void knowsTheLatestMomentThatMayBeMeant(String written, Instant latest) {
    assertThat(ServerTime.read(written).map(ServerTime::latest)).contains(latest);
  }
}
