package io.orchscope.errortest;

import io.orchscope.errortest.Connectivity.Verdict;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Makes the tests on errors that are due; what they bring to light is data and never an exception.
 *
 * <p>For any number of threads. Only connectivity asks the network; it waits for its turn, and
 * takes as long as {@link TestLimits} allow.
 */
public final class ErrorTesting implements AutoCloseable {

  private final ErrorTests tests;
  private final Connectivity connectivity;
  private final Clock clock;

  /**
   * Tests for the whole process.
   *
   * @param account none: no log-in is tried
   * @param hostKeys file in which the keys of devices are kept; made when there is none
   */
  public ErrorTesting(
      ErrorTests tests,
      TestLimits limits,
      DeviceAddresses addresses,
      Optional<DeviceAccount> account,
      Path hostKeys,
      Clock clock) {
    this.tests = tests;
    this.connectivity = new Connectivity(limits, addresses, account, hostKeys);
    this.clock = clock;
  }

  /** The tests to be made on an error, in the order of their file. */
  public List<ErrorTestPlan> due(String productType, String code) {
    return tests.due(productType, code);
  }

  /** Whether the circuit's devices answer. */
  public ErrorTestFinding connectivity(
      ErrorTestPlan plan, TestedError error, List<DeviceUnderTest> devices) {
    Verdict verdict = connectivity.of(error, devices);
    return finding(plan, error, verdict.outcome(), verdict.sections());
  }

  /**
   * What the circuit's devices said when they refused a configuration.
   *
   * @param logged what somebody has read from the logs of resource adapters, source by source
   */
  public ErrorTestFinding commitErrors(
      ErrorTestPlan plan, TestedError error, List<LoggedMessages> logged) {
    FindingSection section = CommitErrors.of(error, logged);
    return finding(plan, error, section.outcome(), List.of(section));
  }

  /**
   * Whether this kind of error is there only since the last deployment.
   *
   * @param deployed the newest deployment of the product; none when nobody has marked one
   * @param firstSeen when an error of this kind was found first
   */
  public ErrorTestFinding deploymentWatch(
      ErrorTestPlan plan, TestedError error, Optional<Instant> deployed, Instant firstSeen) {
    Outcome outcome =
        deployed
            .map(at -> firstSeen.isBefore(at) ? Outcome.KNOWN : Outcome.NEW)
            .orElse(Outcome.SKIPPED);
    FindingSection section =
        new FindingSection(
            error.productType(),
            error.circuit().value(),
            outcome,
            verdict(outcome, deployed),
            List.of(
                FindingLine.of("Classified: ")
                    .quote((error.defectCode() + " " + error.title()).strip()),
                FindingLine.of("First seen: " + firstSeen),
                FindingLine.of("Error: ").quote(error.errorText())));
    return finding(plan, error, outcome, List.of(section));
  }

  private static String verdict(Outcome outcome, Optional<Instant> deployed) {
    return switch (outcome) {
      case NEW -> "New since the deployment of " + deployed.orElseThrow();
      case KNOWN -> "Known since before the deployment of " + deployed.orElseThrow();
      default -> "Skipped: no deployment of the product is marked";
    };
  }

  private ErrorTestFinding finding(
      ErrorTestPlan plan, TestedError error, Outcome outcome, List<FindingSection> sections) {
    return ErrorTestFinding.of(plan, error, outcome, sections, clock.instant());
  }

  @Override
  public void close() {
    connectivity.close();
  }
}
