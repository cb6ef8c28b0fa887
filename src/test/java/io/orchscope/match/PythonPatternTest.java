package io.orchscope.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchscope.match.PythonPattern.Dialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of the words that Python and Java do not share. */
final class PythonPatternTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "ab\\Z ~ ab\\z",
        "[[]x ~ [\\[]x",
        "[]x] ~ [\\]x]",
        "[^]x] ~ [^\\]x]",
        "[a&&b] ~ [a\\&\\&b]",
        "[a-c-] ~ [a-c\\-]",
        "[\\b] ~ [\\x08]",
        "x{y ~ x\\{y",
        "a{,2} ~ a{0,2}",
        "a{2,} ~ a{2,}",
        "a{,} ~ a{0,}",
        "{} ~ \\{}",
        "(?P<port>x)(?P=port) ~ (?<port>x)\\k<port>",
        "(?P<a_b>x)(?P<g1>y)(?P=a_b) ~ (?<g1x>x)(?<g1>y)\\k<g1x>",
        "(a)\\1 ~ (a)(?:\\1)",
        "\\101 ~ \\x{41}",
        "\\0 ~ \\x{0}",
        "\\x41\\u0042 ~ \\x{41}\\x{42}",
        "\\N{DIGIT ONE} ~ \\x{31}",
        "a\\vb ~ a\\x0Bb",
        "a(?#why)b ~ ab",
        "(?x) a b # why ~ ab",
        "(?a)\\d ~ (?-uU)\\d",
        "(?i:a)b ~ (?i:a)b",
        "(?u)a ~ a",
        "\\é ~ é"
      })
  void saysInJavasWordsWhatPythonSays(String python, String java) throws Exception {
    assertThat(PythonPattern.compile(python, Dialect.PYTHON).pattern()).isEqualTo(java);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "a(?(1)b|c) ~ 2 ~ no condition on a group ~ Make two rules",
        "a(?<=b|cd) ~ 2 ~ several lengths ~ a look-behind of its own",
        "(?<!a*)b ~ 1 ~ several lengths ~ a look-behind of its own",
        "ab\\h ~ 3 ~ Python knows no '\\h' ~ Write the characters",
        "\\p{L} ~ 1 ~ Python knows no '\\p' ~ Write the characters",
        "a**  ~ 3 ~ repeats a repeat ~ Put a \\",
        "*a ~ 1 ~ nothing before '*' ~ Put a \\",
        "(|+a) ~ 3 ~ nothing before '+' ~ Put a \\",
        "a(b ~ 2 ~ not closed ~ Put a \\",
        "ab) ~ 3 ~ closes nothing ~ Put a \\",
        "a[b ~ 2 ~ '[' is not closed ~ Put a \\",
        "[a-\\d] ~ 3 ~ a range ends at a class ~ Put the - at the end",
        "(a)\\2 ~ 4 ~ no group 2 ~ Count the groups",
        "(?P=x) ~ 1 ~ is called 'x' ~ Name one",
        "a(?i)b ~ 2 ~ not stand at its start ~ Put them first",
        "ab\\ ~ 3 ~ stands at the end ~ for the character itself"
      })
  void refusesWhatOneOfTheTwoCannotSay(String pattern, int column, String reason, String remedy) {
    assertThatThrownBy(() -> PythonPattern.compile(pattern, Dialect.PYTHON))
        .isInstanceOfSatisfying(
            RefusedPatternException.class,
            refused -> {
              assertThat(refused.getMessage()).contains(reason);
              assertThat(refused.column()).isEqualTo(column);
              assertThat(refused.remedy()).contains(remedy);
            });
  }

  @Test
  void takesWhatJavaAloneKnowsWhereBothAreAllowed() throws Exception {
    for (String java : new String[] {"\\p{L}+", "\\Qa.b\\E", "(?<n>a)\\k<n>", "\\h", "[\\p{L}]"}) {
      assertThat(PythonPattern.compile(java, Dialect.BOTH).pattern()).isEqualTo(java);
    }
  }
}
