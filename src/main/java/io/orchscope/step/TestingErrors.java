package io.orchscope.step;

import io.orchscope.circuit.CircuitId;
import io.orchscope.circuit.Tid;
import io.orchscope.errortest.DeviceUnderTest;
import io.orchscope.errortest.ErrorTestFinding;
import io.orchscope.errortest.ErrorTestPlan;
import io.orchscope.errortest.ErrorTesting;
import io.orchscope.errortest.LoggedMessages;
import io.orchscope.errortest.Outcome;
import io.orchscope.errortest.TestedError;
import io.orchscope.evidence.LogFolder;
import io.orchscope.evidence.LogManifest;
import io.orchscope.evidence.Verdict;
import io.orchscope.ledger.DeploymentMarks;
import io.orchscope.ledger.ErrorTestFindings;
import io.orchscope.logtext.JunosErrors;
import io.orchscope.secret.SecretMask;
import io.orchscope.telemetry.FollowUpSignals;
import io.orchscope.topology.NetworkFunction;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.Exchange;

/**
 * The steps that test errors: which tests are due, each of the three kinds, what is kept of them.
 */
public final class TestingErrors {

  /** So much of one log is looked through. Units: bytes. */
  private static final long READ = 64L << 20;

  private final ErrorTesting testing;
  private final ErrorTestFindings findings;
  private final DeploymentMarks deployments;
  private final Function<String, Optional<String>> pages;
  private final FollowUpSignals signals;

  /**
   * Shape: stateless.
   *
   * @param pages where people read about a circuit, if anywhere
   */
  public TestingErrors(
      ErrorTesting testing,
      ErrorTestFindings findings,
      DeploymentMarks deployments,
      Function<String, Optional<String>> pages,
      FollowUpSignals signals) {
    this.testing = testing;
    this.findings = findings;
    this.deployments = deployments;
    this.pages = pages;
    this.signals = signals;
  }

  /** Names the tests that are due for the circuit's errors and not made yet. */
  public void name(Exchange exchange) {
    CircuitWork work = exchange.getMessage().getBody(CircuitWork.class);
    List<ErrorTestWork> due = new ArrayList<>();
    for (Verdict.Finding found : work.verdict().verdict().occurrences()) {
      List<ErrorTestPlan> plans = testing.due(work.productType(), found.codeOrUnclassified());
      for (ErrorTestPlan plan : findings.stillDue(found.key(), plans)) {
        due.add(new ErrorTestWork(work, plan, error(work, found), Optional.empty()));
      }
    }
    work.demand(due);
  }

  /** Tries whether the circuit's devices answer; waits while not all of them may be known. */
  public void connectivity(Exchange exchange) {
    ErrorTestWork test = exchange.getMessage().getBody(ErrorTestWork.class);
    if (test.work().mayKnowMoreDevices()) {
      return;
    }
    List<DeviceUnderTest> devices =
        test.work().devices().stream().map(TestingErrors::underTest).toList();
    set(exchange, testing.connectivity(test.plan(), test.error(), devices));
  }

  /** Looks up what devices said to a commit; waits while logs are still to come that may say it. */
  public void commitErrors(Exchange exchange) {
    ErrorTestWork test = exchange.getMessage().getBody(ErrorTestWork.class);
    if (test.work().mayBringMore()) {
      return;
    }
    set(exchange, testing.commitErrors(test.plan(), test.error(), logged(test.work())));
  }

  /** Looks whether this kind of error is there only since the last deployment. */
  public void deploymentWatch(Exchange exchange) {
    ErrorTestWork test = exchange.getMessage().getBody(ErrorTestWork.class);
    Optional<Instant> deployed =
        deployments.newest(test.work().productType()).map(DeploymentMarks.Mark::at);
    Instant firstSeen =
        deployments
            .firstSeen(test.error().occurrenceKey())
            // In no group: it is older than what the ledger remembers.
            .orElse(Instant.EPOCH);
    set(exchange, testing.deploymentWatch(test.plan(), test.error(), deployed, firstSeen));
  }

  /** Writes down what was found, and what the room is owed; a test that waits is still owed. */
  public void keep(Exchange exchange) {
    ErrorTestWork test = exchange.getMessage().getBody(ErrorTestWork.class);
    if (test.finding().isEmpty()) {
      test.work().owesTest();
      return;
    }
    ErrorTestFinding found = test.finding().get();
    findings.note(found);
    signals.errorTested(found.test(), found.outcome().word());
    if (found.outcome() == Outcome.NOT_TESTED) {
      test.work().owesTest();
    }
  }

  private static void set(Exchange exchange, ErrorTestFinding finding) {
    ErrorTestWork test = exchange.getMessage().getBody(ErrorTestWork.class);
    exchange.getMessage().setBody(test.with(finding));
  }

  private TestedError error(CircuitWork work, Verdict.Finding found) {
    return new TestedError(
        found.key(),
        work.productType(),
        new CircuitId(work.circuit()),
        found.codeOrUnclassified(),
        found.title(),
        found.text(),
        pages.apply(work.circuit()));
  }

  private static DeviceUnderTest underTest(DeviceLookUp device) {
    Optional<NetworkFunction> function = device.search().found();
    return new DeviceUnderTest(
        new Tid(device.device().tid()),
        device.device().fqdn(),
        device.device().managementAddress(),
        function.map(it -> new DeviceUnderTest.Onboarded(it.communicationState(), it.ipAddress())));
  }

  /** The messages of each device by itself, in the order of its logs. */
  private static List<LoggedMessages> logged(CircuitWork work) {
    Map<String, List<String>> byDevice = new LinkedHashMap<>();
    Optional<LogFolder> folder = work.collecting().folder();
    for (LogManifest.Artifact artifact : folder.map(LogFolder::artifacts).orElse(List.of())) {
      artifact
          .device()
          .ifPresent(
              device ->
                  byDevice
                      .computeIfAbsent(device, name -> new ArrayList<>())
                      .addAll(messages(folder.orElseThrow(), artifact)));
    }
    return byDevice.entrySet().stream()
        .map(device -> new LoggedMessages(device.getKey(), device.getValue()))
        .toList();
  }

  private static List<String> messages(LogFolder folder, LogManifest.Artifact artifact) {
    try (Reader text = new InputStreamReader(folder.open(artifact, READ), StandardCharsets.UTF_8)) {
      JunosErrors errors = new JunosErrors();
      List<String> messages = new ArrayList<>();
      char[] part = new char[8_192];
      for (int read = text.read(part); read >= 0; read = text.read(part)) {
        messages.addAll(errors.accept(new String(part, 0, read)));
      }
      messages.addAll(errors.end());
      // What is written as an entity in a log can only be seen here.
      return messages.stream().map(SecretMask::textWithoutSecrets).toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }
}
