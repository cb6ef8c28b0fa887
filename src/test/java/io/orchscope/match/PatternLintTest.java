package io.orchscope.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said against a pattern, and that nothing is said against sound ones. */
final class PatternLintTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "[0-9]+ .{0,20} [a-z]+ ~ no four characters in a row",
        "ab|commit failed ~ no four characters in a row",
        "commit (?:[a-z]+ ?)+ failed ~ a repeat stands in another",
        "commit .* on .{1,20} failed .+[0-9] after .* tries ~ 3 wildcards without an end",
        "(?<!un)expected .* commit failed ~ RE2/J cannot help out",
        "(\\w+) failed .* \\1 again ~ RE2/J cannot help out",
        "commit failed (?:.*[a-z]){12}! ~ so RE2/J has to help out",
        "commit failed (?<!z)(?:.*[a-z]){12}[0-9] ~ is skipped then"
      })
  void saysWhyAPatternIsDangerous(String pattern, String reason) {
    assertThat(reasons(pattern)).anySatisfy(said -> assertThat(said).contains(reason));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connectivity Error - Unreachable Live Device: device: [^ ]+ communication state: [A-Z]+",
        "(?:MDSO \\| .* device: .* state: .* equipment: .* - servicemapper)",
        "Unable to connect to device at (?:\\d{1,3}\\.){3}\\d{1,3}",
        "commit failed(?: again)? .{0,200} on [A-Z0-9]{10}W\\b",
        "(?i)commit (?:failed|refused) by [^ ]+ and .* device"
      })
  void saysNothingAgainstASoundPattern(String pattern) {
    assertThat(reasons(pattern)).isEmpty();
  }

  @Test
  void saysNothingButThatNoWordsAreKnownOfWhatItCannotTakeApart() {
    assertThat(reasons("\\X commit failed"))
        .singleElement()
        .satisfies(said -> assertThat(said).contains("no four characters in a row"));
  }

  private static List<String> reasons(String pattern) {
    Pattern compiled =
        Pattern.compile(
            pattern, Pattern.UNIX_LINES | Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNICODE_CASE);
    return PatternLint.of(compiled).stream().map(PatternLint.Finding::reason).toList();
  }
}
