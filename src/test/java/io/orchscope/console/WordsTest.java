package io.orchscope.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How things read on a page. */
final class WordsTest {

  private static final Instant NOON = Instant.parse("2024-03-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "PT59S, 59 s ago",
    "PT60S, 1 min ago",
    "PT119M, 119 min ago",
    "PT2H, 2 h ago",
    "PT48H, 2 d ago",
    "-PT5M, in 5 min"
  })
  void saysHowLongAgoInWholeUnits(Duration time, String words) {
    assertThat(Words.ago(NOON.minus(time), NOON)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "listed 9 = unchanged 8 + healthy 1 + defective 0 | listed 9 = unchanged 8 + healthy 1",
        "listed 10 ≠ unchanged 0 + healthy 9 + defective 0 | listed 10 ≠ healthy 9",
        "listed 0 = unchanged 0 + healthy 0 | listed 0",
        "something else | something else"
      })
  void leavesOutOfAnEquationWhatCameToNothing(String equation, String brief) {
    assertThat(Words.figures(equation)).isEqualTo(brief);
  }

  @Test
  void countsOneAsOne() {
    assertThat(Words.counted(1, "failure")).isEqualTo("1 failure");
    assertThat(Words.counted(1_200, "failure")).isEqualTo("1,200 failures");
  }

  @ParameterizedTest
  @CsvSource({
    "80.L1XX.000001..TEST, /circuits/80.L1XX.000001..TEST",
    "a/b, /circuits?name=a%2Fb",
    "<x>, /circuits?name=%3Cx%3E",
    ".., /circuits?name=.."
  })
  void leadsToACircuitWhateverItIsCalled(String circuit, String address) {
    assertThat(Words.circuit(circuit)).isEqualTo(address);
  }
}
