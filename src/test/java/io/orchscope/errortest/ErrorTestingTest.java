package io.orchscope.errortest;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.circuit.CircuitId;
import io.orchscope.errortest.ErrorTestPlan.Kind;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What logs and deployments say of an error. */
final class ErrorTestingTest {

  private static final Instant NOON = Instant.parse("2024-03-01T12:00:00Z");
  private static final ErrorTestPlan COMMITS = Errors.plan(Kind.COMMIT_ERRORS, false);
  private static final ErrorTestPlan WATCH = Errors.plan(Kind.DEPLOYMENT_WATCH, false);

  private final ErrorTesting testing =
      new ErrorTesting(
          new ErrorTests(List.of(COMMITS, WATCH)),
          TestLimits.of(4, Duration.ofMinutes(1)),
          new Names(),
          Optional.empty(),
          Path.of("never-made"),
          Clock.fixed(NOON, ZoneOffset.UTC));

  @AfterEach
  void close() {
    testing.close();
  }

  @Test
  void keepsTheMessagesOfEachSourceApart() {
    ErrorTestFinding finding =
        testing.commitErrors(
            COMMITS,
            Errors.ordinary(),
            List.of(
                new LoggedMessages("A.EXAMPLE.COM", List.of("one", "two", "one")),
                new LoggedMessages("B.EXAMPLE.COM", List.of()),
                new LoggedMessages("C.EXAMPLE.COM", List.of("three")),
                new LoggedMessages("A.EXAMPLE.COM", List.of("four"))));

    assertThat(finding.outcome()).isEqualTo(Outcome.FOUND);
    assertThat(finding.isTold()).isTrue();
    assertThat(finding.testedAt()).isEqualTo(NOON);
    assertThat(finding.sections()).hasSize(1);
    FindingSection section = finding.sections().get(0);
    assertThat(section.verdict()).isEqualTo("Commit errors of 2 sources");
    assertThat(section.lines())
        .extracting(line -> line.depth() + " " + line.plain())
        .containsExactly(
            "0 Logs: https://orchscope.example.com/circuits/80.L1XX.000001..TEST",
            "0 A.EXAMPLE.COM",
            "1 one (2 times)",
            "1 two",
            "1 four",
            "0 C.EXAMPLE.COM",
            "1 three");
  }

  @Test
  void findsThatNothingWasComplainedOfAndTellsNobodyUnlessTheyWantToKnow() {
    List<LoggedMessages> nothing = List.of(new LoggedMessages("A.EXAMPLE.COM", List.of()));

    ErrorTestFinding quiet = testing.commitErrors(COMMITS, Errors.ordinary(), nothing);
    ErrorTestFinding told =
        testing.commitErrors(Errors.plan(Kind.COMMIT_ERRORS, true), Errors.ordinary(), List.of());

    assertThat(quiet.outcome()).isEqualTo(Outcome.NONE);
    assertThat(quiet.isTold()).isFalse();
    assertThat(quiet.sections().get(0).verdict()).isEqualTo("No commit errors found");
    assertThat(told.isTold()).isTrue();
  }

  @Test
  void staysSmallHoweverMuchWasLogged() {
    List<LoggedMessages> much = new ArrayList<>();
    List<String> messages =
        IntStream.range(0, 1_000).mapToObj(i -> "x".repeat(10_000) + i).toList();
    IntStream.range(0, 200).forEach(i -> much.add(new LoggedMessages("source " + i, messages)));

    ErrorTestFinding finding = testing.commitErrors(COMMITS, Errors.ordinary(), much);

    List<String> lines =
        finding.sections().get(0).lines().stream().map(FindingLine::plain).toList();
    assertThat(lines).hasSize(1 + 50 * 22 + 1);
    assertThat(lines.get(2))
        .hasSizeLessThan(2_100)
        .endsWith(" … cut: showing 2000 of 10001 characters");
    assertThat(lines.get(22)).isEqualTo("and 980 more, in the logs");
    assertThat(lines.get(lines.size() - 1)).isEqualTo("and 150 more sources");
  }

  @Test
  void takesAnErrorForNewFromTheMomentOfTheDeployment() {
    ErrorTestFinding before = watch(Optional.of(NOON), NOON.minusMillis(1));
    ErrorTestFinding at = watch(Optional.of(NOON), NOON);
    ErrorTestFinding unmarked = watch(Optional.empty(), NOON);

    assertThat(List.of(before, at, unmarked))
        .extracting(ErrorTestFinding::outcome)
        .containsExactly(Outcome.KNOWN, Outcome.NEW, Outcome.SKIPPED);
    assertThat(List.of(before, at, unmarked))
        .extracting(ErrorTestFinding::isTold)
        .containsExactly(false, true, false);
    assertThat(at.sections().get(0))
        .isEqualTo(
            new FindingSection(
                "service_mapper",
                "80.L1XX.000001..TEST",
                Outcome.NEW,
                "New since the deployment of 2024-03-01T12:00:00Z",
                List.of(
                    FindingLine.of("Classified: ").quote("DE-1000 Live device is unreachable"),
                    FindingLine.of("First seen: 2024-03-01T12:00:00Z"),
                    FindingLine.of("Error: ").quote(Errors.ordinary().errorText()))));
  }

  @Test
  void mendsWhatUtf8CannotCarry() {
    TestedError hostile =
        new TestedError(
            "k1",
            "service_mapper",
            new CircuitId("x\uD83D"),
            "DE-1000",
            "",
            "\uDE00 text",
            Optional.empty());

    ErrorTestFinding finding = testing.deploymentWatch(WATCH, hostile, Optional.of(NOON), NOON);

    assertThat(finding.circuit()).isEqualTo("x?");
    assertThat(finding.sections().get(0).right()).isEqualTo("x?");
    assertThat(finding.sections().get(0).lines().get(2).plain()).isEqualTo("Error: ? text");
  }

  private ErrorTestFinding watch(Optional<Instant> deployed, Instant firstSeen) {
    return testing.deploymentWatch(WATCH, Errors.ordinary(), deployed, firstSeen);
  }
}
