package io.orchscope.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

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

  @Test
  void masksEveryForm() throws IOException {
    assertThat(lines("forms.txt"))
        .hasSizeGreaterThan(150)
        .allSatisfy(line -> assertThat(line.toLowerCase()).containsPattern("canary|ｃanary"))
        .allSatisfy(
            line -> assertThat(SecretMask.textWithoutSecrets(line)).doesNotContain("anary"));
  }

  @Test
  void leavesNearMissesReadable() throws IOException {
    assertThat(lines("near-misses.txt"))
        .hasSizeGreaterThan(80)
        .allSatisfy(line -> assertThat(SecretMask.textWithoutSecrets(line)).isEqualTo(line));
  }
}
