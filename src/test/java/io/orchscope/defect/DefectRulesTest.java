package io.orchscope.defect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.orchscope.match.PythonPattern;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** First match in the order of numbers, and no pattern that hangs. */
class DefectRulesTest {

  /**
   * Tries every way to share the text among twelve wildcards before it gives up; RE2/J cannot be
   * asked, since it knows no look-behind.
   */
  private static final String STALLING = "(?<!z)(?:.*x){12}[0-9]";

  private final Logger logger = (Logger) LoggerFactory.getLogger(DefectRules.class);
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  @BeforeEach
  void listen() {
    logged.start();
    logger.addAppender(logged);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(logged);
  }

  @Test
  void saysWhatTheRuleSaysAndWhichPartItCovered() {
    DefectRules rules = new DefectRules("1-3fa9c2d1", List.of(rule(1003, "not in [a-z]+ state")));

    Classification classification = rules.classify("device not in active state - provisioner");

    assertThat(classification)
        .isEqualTo(
            new Classification(
                Optional.of(DefectCode.of("DE-1003")),
                "Title of DE-1003",
                "Process Error",
                Severity.MINOR,
                "device not in active state - provisioner",
                "not in active state",
                "1-3fa9c2d1",
                List.of()));
  }

  @Test
  void leavesATextThatNoRuleMatchesUnclassified() {
    DefectRules rules = new DefectRules("1-3fa9c2d1", List.of(rule(1003, "not in active state")));

    Classification classification = rules.classify("something new - provisioner");

    assertThat(classification)
        .isEqualTo(
            new Classification(
                Optional.empty(),
                "Unclassified error",
                "Unclassified",
                Severity.MAJOR,
                "something new - provisioner",
                "",
                "1-3fa9c2d1",
                List.of()));
  }

  @Test
  void triesRulesInTheOrderOfNumbersAndNotOfText() {
    DefectRules rules =
        new DefectRules("1", List.of(rule(10_000, "commit"), rule(9999, "commit failed")));

    Classification classification = rules.classify("commit failed");

    assertThat(classification.codeOrUnclassified()).isEqualTo("DE-9999");
  }

  @Test
  void tellsUpperFromLowerCase() {
    DefectRules rules = new DefectRules("1", List.of(rule(1000, "Unable to connect")));

    Classification classification = rules.classify("unable to connect to device");

    assertThat(classification.code()).isEmpty();
  }

  @Test
  void readsAcrossLineSeparatorsThatPythonReadsAcross() {
    DefectRules rules = new DefectRules("1", List.of(rule(1000, "unable.to.connect")));

    Classification classification = rules.classify("unable\rto\u2028connect");

    assertThat(classification.codeOrUnclassified()).isEqualTo("DE-1000");
  }

  @Test
  void goesOnToLaterRulesWhenAPatternStalls() {
    DefectRules rules = new DefectRules("1", List.of(rule(1000, STALLING), rule(1001, "device")));
    String hostile = "device " + "x".repeat(500);

    // Unbounded, this search outlives us all; the limit is only there to fail instead of hanging.
    Classification classification =
        assertTimeoutPreemptively(Duration.ofMinutes(2), () -> rules.classify(hostile));

    assertThat(classification.codeOrUnclassified()).isEqualTo("DE-1001");
  }

  @Test
  void namesTheRulesThatCouldNotDecideInAVerdictOfALaterOne() {
    DefectRules rules =
        new DefectRules(
            "1", List.of(rule(1000, STALLING), rule(1001, "device"), rule(1002, STALLING)));

    Classification partial = rules.classify("device " + "x".repeat(500));
    Classification whole = rules.classify("device");

    assertThat(partial.codeOrUnclassified()).isEqualTo("DE-1001");
    assertThat(partial.partialCodes()).isEqualTo("DE-1000");
    assertThat(whole.partial()).isEmpty();
  }

  @Test
  void goesOnToLaterRulesWhenAPatternNestsTooDeep() {
    DefectRules rules = new DefectRules("1", List.of(rule(1000, "(?:a|b)*c"), rule(1001, "aa")));

    Classification classification = rules.classify("a".repeat(200_000));

    assertThat(classification.codeOrUnclassified()).isEqualTo("DE-1001");
  }

  @Test
  void warnsOfAPatternThatStallsOnce() {
    DefectRules rules = new DefectRules("1", List.of(rule(1000, STALLING)));
    String hostile = "x".repeat(500);

    rules.classify(hostile);
    rules.classify(hostile);

    assertThat(logged.list)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getLevel()).isEqualTo(Level.WARN);
              assertThat(event.getFormattedMessage())
                  .contains("defect_code=DE-1000", "more than 1000000 steps")
                  .doesNotContain("xxx");
            });
  }

  private static DefectRule rule(int number, String pattern) {
    DefectCode code = new DefectCode(number);
    return new DefectRule(
        code,
        "Title of " + code,
        "Process Error",
        Severity.MINOR,
        "automation",
        Optional.empty(),
        Pattern.compile(pattern, PythonPattern.FLAGS),
        pattern,
        Optional.empty(),
        List.of(),
        List.of(),
        "line 1, column 1");
  }
}
