package io.orchscope.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.alert.HostileText.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostileTextTest {

  private static final int PLENTY = 1_000;
  private static final String ZERO_WIDTH_SPACE = "\u200B";

  @ParameterizedTest
  @CsvSource({
    "plain, '`plain`'",
    "a`b, '``a`b``'",
    "`a, '`` `a ``'",
    "a``, '``` a`` ```'",
    "[x](http://example.com), '`[x](http://example.com)`'",
  })
  void delimitsCodeByMoreBackticksThanItHolds(String original, String expected) {
    assertThat(HostileText.fit(original, Place.CODE, PLENTY).text()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "a*b_c`d, a\\*b\\_c\\`d",
    "[x](http://example.com), \\[x\\](http://example.com)",
    "<b>&amp;, &lt;b&gt;&amp;amp;",
    "a\\b, a\\\\b",
  })
  void escapesWhatWouldFormatProse(String original, String expected) {
    assertThat(HostileText.fit(original, Place.PROSE, PLENTY).text()).isEqualTo(expected);
  }

  @Test
  void fencesByMoreBackticksThanTheTextHolds() {
    HostileText fenced = HostileText.fit("a\n````\nb", Place.FENCE, PLENTY);

    assertThat(fenced.text()).isEqualTo("`````\na\n````\nb\n`````");
  }

  @Test
  void showsByNumberWhatMustNotAct() {
    String original = "a\u0000\u001B[31m\u009B\u202E\u200D\u2028\u007F\uD83D.";

    HostileText shown = HostileText.fit(original, Place.TERMINAL, PLENTY);

    assertThat(shown.text())
        .isEqualTo("a\\u0000\\u001B[31m\\u009B\\u202E\\u200D\\u2028\\u007F\uFFFD.");
  }

  @Test
  void breaksMentionsInCodeAndInFences() {
    String original = "<@all> <@personEmail:somebody@example.com> &lt;@all&gt; <Spark-Mention>";
    String broken = original.replace("@all", ZERO_WIDTH_SPACE + "@all");
    broken = broken.replace("@personEmail", ZERO_WIDTH_SPACE + "@personEmail");
    broken = broken.replace("Spark", ZERO_WIDTH_SPACE + "Spark");

    assertThat(HostileText.fit(original, Place.CODE, PLENTY).text()).isEqualTo("`" + broken + "`");
    assertThat(HostileText.fit(original, Place.FENCE, PLENTY).text())
        .isEqualTo("```\n" + broken + "\n```");
  }

  @Test
  void keepsLinesOnlyInAFence() {
    String original = "a\r\nb\rc\nd\te";

    assertThat(HostileText.fit(original, Place.FENCE, PLENTY).text())
        .isEqualTo("```\na\nb\nc\nd    e\n```");
    assertThat(HostileText.fit(original, Place.TERMINAL, PLENTY).text()).isEqualTo("a b c d e");
  }

  @ParameterizedTest
  @CsvSource({"7, aa, 2", "8, aa, 2", "9, aa, 2", "10, aa😀, 6", "11, aa😀b, 7"})
  void cutsBetweenCharactersAndCountsWhatItShows(int limit, String kept, int keptBytes) {
    HostileText cut = HostileText.fit("aa😀bcd", Place.CODE, limit);

    assertThat(cut.text()).isEqualTo("`" + kept + "`");
    assertThat(cut.cutNote()).isEqualTo("… cut: showing " + keptBytes + " of 9 bytes");
  }

  @Test
  void isNotCutWhenItFitsExactly() {
    HostileText exact = HostileText.fit("x".repeat(5_000), Place.FENCE, 5_008);

    assertThat(exact.isCut()).isFalse();
    assertThat(HostileText.fit("x".repeat(5_000), Place.FENCE, 5_007).cutNote())
        .isEqualTo("… cut: showing 4,999 of 5,000 bytes");
  }
}
