package io.orchscope.errortest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a device is ready for a command, and when it asks something. */
final class TerminalTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ABCDTXAB1ZW# ",
        "Welcome\r\nuser@ABCDTXAB1CW>",
        "#######\r\n# hello #\r\n#######\r\nADVA-->",
        "\u001B[1mABCDTXAB1ZW\u001B[0m# \u001B[K",
        "\u001B]0;title\u0007A:ABCDTXAB1CW# ",
        "#"
      })
  void isReadyAtAPrompt(String written) {
    assertThat(terminal(written).isReady()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ABCDTXAB1ZW# \r\n",
        "Password:",
        "#######",
        "## only members ##",
        "[Y|N] ",
        "5 > 3, so we wait"
      })
  void isNotReadyBefore(String written) {
    assertThat(terminal(written).isReady()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Agree? [Y|N]", "Agree? [y|n]: ", "Agree?\r\n[Y|N]\r\n"})
  void isAskedForAYes(String written) {
    assertThat(terminal(written).isAsking()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Erase everything? (y/n)", "[Y|N] was your answer\r\nABCDTXAB1ZW# ", ""})
  void answersNothingElse(String written) {
    assertThat(terminal(written).isAsking()).isFalse();
  }

  @Test
  void remembersTheEndOfWhateverIsWritten() {
    Terminal terminal = terminal("x".repeat(10_000_000));

    write(terminal, "\r\nABCDTXAB1ZW# ");

    assertThat(terminal.isReady()).isTrue();
  }

  private static Terminal terminal(String written) {
    Terminal terminal = new Terminal();
    write(terminal, written);
    return terminal;
  }

  private static void write(Terminal terminal, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    terminal.write(bytes, 0, bytes.length);
  }
}
