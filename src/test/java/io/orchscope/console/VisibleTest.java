package io.orchscope.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Characters that nobody would see. */
final class VisibleTest {

  @ParameterizedTest
  @CsvSource({
    "'a\u001b[31mred', 'a\\u001B[31mred'",
    "'\u0000\u007f', '\\u0000\\u007F'",
    "'\u009b2J', '\\u009B2J'",
    "'x\u202Etxt.exe', 'x\\u202Etxt.exe'",
    "'\u2066\u2069\u200f', '\\u2066\\u2069\\u200F'",
    "'a\u200bb\u2060\ufeff\u061c', 'a\\u200Bb\\u2060\\uFEFF\\u061C'"
  })
  void standAsTheirNumbers(String text, String seen) {
    assertThat(shown(text)).isEqualTo(seen);
  }

  @Test
  void leaveAllOthersAlone() {
    String text = "one line\r\nand\tanother · “ü€\u00a0𝄞” → ✓ \u2028";

    assertThat(shown(text)).isEqualTo(text);
  }

  private static String shown(String text) {
    return new String(Visible.of(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }
}
