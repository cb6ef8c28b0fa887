package io.orchscope.hostlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogNamesTest {

  @ParameterizedTest
  @CsvSource({
    "a.log, a",
    "a.txt.gz, a",
    "a, a",
    "a.log.3, a",
    "a.log.3.gz, a",
    "a.log-20240301.gz, a",
    "a.log.2024-03-01T14:06:19.682Z, a",
    "a-20240301, a-20240301",
    "a.1, a.1",
    "plan-2024-03-01T14:06:19.682Z, plan-2024-03-01T14:06:19.682Z",
    "plan-2024-03-01T14:06:19.682Z.2, plan-2024-03-01T14:06:19.682Z",
    "plan-2024-03-01T14:06:19.682Z.log.2, plan-2024-03-01T14:06:19.682Z",
    "a.LOG, a",
    ".log, ''"
  })
  void saysWhatStaysTheSameWhenALogIsRotated(String name, String stem) {
    assertThat(LogNames.stem(name)).isEqualTo(stem);
  }

  @ParameterizedTest
  @CsvSource({
    "plan-2024-03-01T14:06:19.682Z, 2024-03-01T14:06:19.682Z",
    "plan-2024-03-01T14-06-19Z.log.gz, 2024-03-01T14:06:19Z",
    "plan-2024-03-01T14:06:19, 2024-03-01T14:06:19Z"
  })
  void saysWhenARunBegan(String name, Instant begun) {
    assertThat(LogNames.begunAt(name)).hasValue(begun.toEpochMilli());
  }

  @Test
  void doesNotGuessWhenARunBegan() {
    assertThat(LogNames.begunAt("plan-script.log-2024-03-01")).isEmpty();
    assertThat(LogNames.begunAt("plan-2024-13-01T14:06:19Z")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "scriptplan, scriptplan*, true",
    "scriptplan-1, scriptplan*, true",
    "myscriptplan, scriptplan*, false",
    "a-b-c, a*b*c, true",
    "a-c, a*b*c, false",
    "aba, ab*ba, false",
    "a, '*', true",
    "a.b, a.b, true",
    "axb, a.b, false",
    "a*b, a*b, true"
  })
  void fitPatternsAsAWhole(String name, String pattern, boolean fits) {
    assertThat(Folders.isLike(name, pattern)).isEqualTo(fits);
  }
}
