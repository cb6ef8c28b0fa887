package io.orchscope.defect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orchscope.settings.InvalidFileException;
import io.orchscope.settings.Mistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be wrong with a table of rules, and what an operator is told about it. */
class RulesFileTest {

  private static final String UNPROVED =
      """
      version: 1
      order: number
      rules:
        - {code: DE-1000, title: t, category: c, severity: major, owner: o, pattern: 'link', examples: [link down]}
        - {code: DE-1001, title: t, category: c, severity: major, owner: o, pattern: 'down',
           unproved: its own error is won by DE-1000, examples: []}
      """;

  /** Lines are counted from here: each case changes one thing, mostly in the second rule. */
  private static final String SOUND =
      """
      version: 1
      rules:
        - code: DE-1000
          title: Live device does not answer
          category: Connectivity Error
          severity: major
          owner: network-operations
          pattern: 'state: NOT-AVAILABLE'
          examples:
            - "device: ABCDTXAB1ZW state: NOT-AVAILABLE - validator"
          near-misses:
            - "device: ABCDTXAB1ZW state: NOT-ONBOARD - validator"
        - code: DE-1110
          title: Commit failed
          category: Process Error
          severity: minor
          owner: automation
          runbook: https://runbooks.example.com/commit
          pattern: 'commit failed: [^ ]+'
          examples:
            - "commit failed: locked - provisioner"
      """;

  @TempDir Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("defect-rules.yaml");
  }

  @Test
  void takesARuleThatNobodyCanProve() throws Exception {
    Path file = Files.writeString(folder.resolve("unproved.yaml"), UNPROVED);

    DefectRules rules = RulesFile.read(file);

    assertThat(rules.classify("link down").codeOrUnclassified()).isEqualTo("DE-1000");
    assertThat(rules.rules().get(1).unproved()).contains("its own error is won by DE-1000");
  }

  @Test
  void readsEachPartOfARule() throws IOException {
    write(SOUND);

    DefectRules rules = RulesFile.read(file);

    DefectRule commit = rules.rules().get(1);
    assertThat(rules.rules()).hasSize(2);
    assertThat(commit)
        .isEqualTo(
            new DefectRule(
                DefectCode.of("DE-1110"),
                "Commit failed",
                "Process Error",
                Severity.MINOR,
                "automation",
                Optional.of("https://runbooks.example.com/commit"),
                commit.pattern(),
                commit.written(),
                Optional.empty(),
                List.of("commit failed: locked - provisioner"),
                List.of(),
                "line 13, column 5"));
    assertThat(commit.pattern().pattern()).isEqualTo("commit failed: [^ ]+");
  }

  @Test
  void namesItsVersionAfterTheFilesOwnAndItsContent() throws IOException {
    write(SOUND);
    String version = RulesFile.read(file).version();

    write(SOUND.replace("Commit failed", "The commit failed"));
    String afterAChange = RulesFile.read(file).version();

    assertThat(version).matches("1-[0-9a-f]{8}");
    assertThat(afterAChange).matches("1-[0-9a-f]{8}").isNotEqualTo(version);
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake(
            "a pattern that is no regular expression",
            "commit failed: [^ ]+",
            "commit failed: ([^ ]+",
            "line 19, column 5",
            "not a regular expression: a group is not closed near character 16",
            "Put a \\ before each of ( ) [ ] { } . * + ? | that the text itself holds."),
        mistake(
            "a code that stands twice",
            "DE-1110",
            "DE-1000",
            "line 13, column 5",
            "DE-1000 stands twice, first at line 3, column 5",
            "Give one of the two a code that is free."),
        mistake(
            "a code that is none",
            "DE-1110",
            "DE-11",
            "line 13, column 5",
            "'DE-11' is not a defect code",
            "Write DE- and four to nine digits, as in DE-1041."),
        mistake(
            "a key that nobody reads",
            "runbook:",
            "runbok:",
            "line 18, column 5",
            "unknown key 'runbok'",
            "Did you mean 'runbook'?"),
        mistake(
            "no title",
            "    title: Commit failed\n",
            "",
            "line 13, column 5",
            "'title' is missing",
            "Add 'title: …'."),
        mistake(
            "no pattern",
            "    pattern: 'commit failed: [^ ]+'\n",
            "",
            "line 13, column 5",
            "'pattern' is missing",
            "Add 'pattern: …'."),
        mistake(
            "no examples",
            "    examples:\n      - \"commit failed: locked - provisioner\"\n",
            "",
            "line 13, column 5",
            "there is no example",
            "Add a normalised text that this rule must win."),
        mistake(
            "an unknown severity",
            "minor",
            "medium",
            "line 16, column 5",
            "unknown severity 'medium'",
            "Write one of these: critical, major, minor, warning."),
        mistake(
            "a pattern that matches the empty text",
            "commit failed: [^ ]+",
            "(commit failed)?",
            "line 19, column 5",
            "the pattern of DE-1110 matches the empty text, so it wins every error",
            "Add words that must stand in the error."),
        mistake(
            "a rule that an earlier one has made useless",
            "commit failed: locked",
            "state: NOT-AVAILABLE commit failed: locked",
            "line 20, column 5",
            "the example 'state: NOT-AVAILABLE commit failed: locked - provisioner' of DE-1110"
                + " is won by DE-1000 (line 3, column 5)",
            "Narrow the pattern of DE-1000, or give this rule a lower code."),
        mistake(
            "an example that its pattern does not match",
            "commit failed: locked",
            "Commit failed: locked",
            "line 20, column 5",
            "the pattern of DE-1110 does not match its example"
                + " 'Commit failed: locked - provisioner'",
            "Correct the pattern or the example; both are case-sensitive."),
        mistake(
            "a near-miss that the pattern matches",
            "state: NOT-AVAILABLE'",
            "state: NOT-'",
            "line 11, column 5",
            "the pattern of DE-1000 matches its near-miss"
                + " 'device: ABCDTXAB1ZW state: NOT-ONBOARD - validator'",
            "Narrow the pattern, or make the text an example."),
        mistake(
            "a pattern that stalls on its example",
            "commit failed: [^ ]+",
            "(?<!z)(?:.*[a-z]){12}[0-9]",
            "line 19, column 5",
            "the pattern of DE-1110 does not come to an end on"
                + " 'commit failed: locked - provisioner': it takes more than 1000000 steps",
            "Bound its wildcards: '.{0,200}' or '[^ ]+' instead of '.*', and none in another."),
        mistake(
            "a pattern that stalls on the example of another rule",
            "state: NOT-AVAILABLE'",
            "state: NOT-AVAILABLE|commit(?<!z)(?:.*[a-z]){12}[0-9]'",
            "line 8, column 5",
            "the pattern of DE-1000 does not come to an end on"
                + " 'commit failed: locked - provisioner': it takes more than 1000000 steps",
            "Bound its wildcards: '.{0,200}' or '[^ ]+' instead of '.*', and none in another."),
        mistake(
            "no version",
            "version: 1\n",
            "\n",
            "line 2, column 1",
            "'version' is missing",
            "Add 'version: …'."));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void tellsPlaceReasonAndRemedy(
      String what, String sound, String broken, String place, Mistake mistake) throws IOException {
    assertThat(SOUND).as(what).contains(sound);
    write(SOUND.replace(sound, broken));

    List<Mistake> found = mistakesFound();

    assertThat(found)
        .containsExactly(
            new Mistake(
                file.toString().replace('\\', '/'), place, mistake.reason(), mistake.remedy()));
  }

  @Test
  void tellsAllMistakesAtOnce() throws IOException {
    write(
        SOUND
            .replace("severity: major", "severity: huge")
            .replace("DE-1110", "DE-x")
            .replace("[^ ]+", "[^ +"));

    List<Mistake> found = mistakesFound();

    assertThat(found)
        .extracting(Mistake::place)
        .containsExactly("line 6, column 5", "line 13, column 5", "line 19, column 5");
  }

  @Test
  void refusesATableWithoutRules() throws IOException {
    write("version: 1\n");

    List<Mistake> found = mistakesFound();

    assertThat(found).extracting(Mistake::reason).containsExactly("there are no rules");
  }

  @Test
  void findsTheShadowOfARuleThatStandsLaterInTheFile() throws IOException {
    write(SOUND.replace("DE-1000", "DE-10000").replace("'commit failed: [^ ]+'", "'NOT-|commit'"));

    List<Mistake> found = mistakesFound();

    assertThat(found)
        .singleElement()
        .satisfies(
            mistake -> assertThat(mistake.reason()).contains("of DE-10000 is won by DE-1110"));
  }

  private static Arguments mistake(
      String what, String sound, String broken, String place, String reason, String remedy) {
    return Arguments.of(what, sound, broken, place, new Mistake("", place, reason, remedy));
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
  }

  private List<Mistake> mistakesFound() {
    InvalidFileException refused =
        catchThrowableOfType(InvalidFileException.class, () -> RulesFile.read(file));
    assertThat(refused).isNotNull();
    return refused.mistakes();
  }
}
