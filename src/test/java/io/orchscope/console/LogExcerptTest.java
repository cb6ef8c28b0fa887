package io.orchscope.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lines of a log around one of them. */
final class LogExcerptTest {

  @ParameterizedTest
  @CsvSource({
    "1, 1, 141, true",
    "61, 1, 201, true",
    "62, 2, 202, true",
    "900, 840, 1000, false",
    "1000, 940, 1000, false"
  })
  void showsWhatStandsBeforeAndBehind(long wanted, long first, long last, boolean goesOn)
      throws IOException {
    LogExcerpt excerpt = excerpt(text(1_000), wanted);

    assertThat(excerpt.first()).isEqualTo(first);
    assertThat(excerpt.last()).isEqualTo(last);
    assertThat(excerpt.goesOn()).isEqualTo(goesOn);
    assertThat(excerpt.lines().get((int) (wanted - first))).isEqualTo("line " + wanted);
  }

  @Test
  void hasNoLinesBehindTheEnd() throws IOException {
    assertThat(excerpt(text(10), 100).lines()).isEmpty();
    assertThat(excerpt("", 1).lines()).isEmpty();
  }

  @Test
  void showsALastLineWithoutAnEnd() throws IOException {
    assertThat(excerpt("a\n\nb", 3).lines()).containsExactly("a", "", "b");
  }

  @Test
  void cutsALineThatNobodyCouldRead() throws IOException {
    LogExcerpt excerpt = excerpt("x".repeat(10_000_000) + "\nend\n", 2);

    assertThat(excerpt.lines().get(0)).hasSize(4_002).endsWith("x …");
    assertThat(excerpt.lines().get(1)).isEqualTo("end");
  }

  private static LogExcerpt excerpt(String text, long wanted) throws IOException {
    return LogExcerpt.of(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), wanted);
  }

  private static String text(int lines) {
    return IntStream.rangeClosed(1, lines)
        .mapToObj(line -> "line " + line + "\n")
        .collect(Collectors.joining());
  }
}
