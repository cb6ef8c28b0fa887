package io.orchscope.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every form in which secrets are known to stand in texts, and what only looks like one. */
final class SecretFormsTest {

  static List<String> lines(String name) throws IOException {
    try (InputStream stream = SecretFormsTest.class.getResourceAsStream("/secret/" + name)) {
      byte[] bytes = Objects.requireNonNull(stream, name).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("# "))
          .toList();
    }
  }

  @ParameterizedTest
  @CsvSource({"forms.txt, 150", "forms-of-tools.txt, 60", "forms-of-protocols.txt, 30"})
  void masksEveryForm(String name, int least) throws IOException {
    assertThat(lines(name))
        .hasSizeGreaterThan(least)
        .allSatisfy(line -> assertThat(line.toLowerCase()).containsPattern("canary|ｃanary"))
        .allSatisfy(
            line -> assertThat(SecretMask.textWithoutSecrets(line)).doesNotContain("anary"));
  }

  @ParameterizedTest
  @CsvSource({
    "near-misses.txt, 80",
    "near-misses-of-tools.txt, 35",
    "near-misses-of-protocols.txt, 20"
  })
  void leavesNearMissesReadable(String name, int least) throws IOException {
    assertThat(lines(name))
        .hasSizeGreaterThan(least)
        .allSatisfy(line -> assertThat(SecretMask.textWithoutSecrets(line)).isEqualTo(line));
  }
}
