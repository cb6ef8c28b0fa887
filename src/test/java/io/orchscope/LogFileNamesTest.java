package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which log files a command writes. */
final class LogFileNamesTest {

  @Test
  void leavesTheShippedNamesToRun() {
    assertThat(LogFileNames.of("run")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"collect", "demo", "replay", "dead-letters"})
  void namesTheFilesOfCommandsThatStartTheRoutes(String command) {
    assertThat(LogFileNames.of(command))
        .containsExactly(java.util.Map.entry("orchscope.log-suffix", "-" + command));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--help", "check", "doctor", "rules", "purge", "simulate"})
  void givesNoFilesToOtherCommands(String command) {
    assertThat(LogFileNames.of(command))
        .containsExactly(java.util.Map.entry("orchscope.log-to-files", "no"));
  }
}
