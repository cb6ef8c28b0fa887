package io.orchscope.errortest;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.orchscope.FreePort;
import io.orchscope.circuit.Tid;
import io.orchscope.errortest.DeviceUnderTest.Onboarded;
import io.orchscope.settings.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What becomes of devices that are tried out, by devices that speak SSH. */
@Timeout(600)
final class ConnectivityTest {

  /** {@code -Dconnectivity.circuits=500} takes half a minute. */
  private static final int CIRCUITS = Integer.getInteger("connectivity.circuits", 100);

  private static final String FQDN = "ABCDTXAB1ZW.EXAMPLE.COM";
  private static final String PROMPT = "\r\nABCDTXAB1ZW# ";
  private static final Duration LONGEST = Duration.ofSeconds(20);

  /** What comes, comes at once; on a busy machine a log-in takes its time. */
  private static final TestLimits QUICK =
      new TestLimits(4, Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(1), 3);

  @TempDir private Path folder;
  private final Names names = new Names();

  @Test
  void logsInAndAnswersABannerThatAsks() throws IOException {
    try (Device device = new Device(Device.newKey(), "Authorized use only. Agree? [Y|N] ", PROMPT);
        ErrorTesting testing = withAccount(QUICK, Device.PASSWORD)) {
      names.add(FQDN, device.address());

      ErrorTestFinding finding = test(testing, Errors.device(FQDN, ""));

      assertThat(finding.outcome()).isEqualTo(Outcome.UP);
      assertThat(finding.isTold()).isTrue();
      assertThat(device.typed()).startsWith("Y");
      assertThat(lines(finding))
          .containsExactly(
              "Logs: https://orchscope.example.com/circuits/80.L1XX.000001..TEST",
              "Classified: DE-1000",
              "NF onboarded with: ABCDTXAB1ZW.EXAMPLE.COM",
              "NF communication state: NOT-AVAILABLE",
              "IPC/mapper IP: ",
              "(ABCDTXAB1ZW.EXAMPLE.COM) "
                  + pingable(device)
                  + " | DNS Resolves to: 127.0.0.1 | SSH: SSH-2.0-DEVICE-9.2 | Login: Success");
    }
  }

  @Test
  void logsInWhereADeviceAsksForThePasswordAsAQuestion() throws IOException {
    try (Device device = new Device(Device.newKey(), "user@host> ").withQuestionsOnly();
        ErrorTesting testing = withAccount(QUICK, Device.PASSWORD)) {
      names.add(FQDN, device.address());

      assertThat(test(testing, Errors.device(FQDN, "")).outcome()).isEqualTo(Outcome.UP);
    }
  }

  @Test
  void isContentWithABannerWithoutAnAccount() throws IOException {
    try (Device device = new Device(Device.newKey(), PROMPT);
        ErrorTesting testing = withoutAccount(QUICK)) {
      names.add(FQDN, device.address());

      ErrorTestFinding finding = test(testing, Errors.device(FQDN, ""));

      assertThat(finding.outcome()).isEqualTo(Outcome.UP);
      assertThat(last(finding)).endsWith(" | SSH: SSH-2.0-DEVICE-9.2");
      assertThat(device.sessions()).isZero();
    }
  }

  @Test
  void sendsAWrongPasswordOnceThoughTheDeviceOffersTwoWays() throws IOException {
    try (Device device = new Device(Device.newKey(), PROMPT);
        ErrorTesting testing = withAccount(QUICK, "wrong-password")) {
      names.add(FQDN, device.address());

      ErrorTestFinding finding = test(testing, Errors.device(FQDN, ""));

      assertThat(finding.outcome()).isEqualTo(Outcome.DOWN);
      assertThat(last(finding)).endsWith(" | Login: Auth not successful");
      assertThat(device.passwords()).containsExactly("wrong-password");
    }
  }

  @Test
  void waitsInVainForThePromptOfADeviceThatHangs() throws IOException {
    TestLimits short1 = limits(Duration.ofSeconds(6));
    try (Device device = new Device(Device.newKey(), "Welcome\r\n#####\r\n## no prompt ##\r\n");
        ErrorTesting testing = withAccount(short1, Device.PASSWORD)) {
      names.add(FQDN, device.address());

      ErrorTestFinding finding = test(testing, Errors.device(FQDN, ""));

      assertThat(finding.outcome()).isEqualTo(Outcome.DOWN);
      assertThat(last(finding)).endsWith(" | Login: Timeout");
    }
  }

  @Test
  void saysThatAPortIsClosed() throws IOException {
    names.add(FQDN, closedPort());
    try (ErrorTesting with = withAccount(QUICK, Device.PASSWORD);
        ErrorTesting without = withoutAccount(QUICK)) {
      ErrorTestFinding tried = test(with, Errors.device(FQDN, ""));
      ErrorTestFinding listened = test(without, Errors.device(FQDN, ""));

      assertThat(tried.outcome()).isEqualTo(Outcome.DOWN);
      assertThat(last(tried)).endsWith("DNS Resolves to: 127.0.0.1 | Login: Failed: refused");
      assertThat(last(listened)).endsWith("DNS Resolves to: 127.0.0.1 | SSH: Failed: refused");
    }
  }

  @Test
  void givesUpOnASocketThatSaysNothing() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        ErrorTesting testing = withAccount(limits(Duration.ofSeconds(2)), Device.PASSWORD)) {
      names.add(FQDN, new InetSocketAddress(silent.getInetAddress(), silent.getLocalPort()));
      long begun = System.nanoTime();

      ErrorTestFinding finding = test(testing, Errors.device(FQDN, ""));

      assertThat(finding.outcome()).isEqualTo(Outcome.DOWN);
      assertThat(last(finding)).endsWith(" | Login: Timeout: it says nothing");
      // Its two seconds, where all devices together may take twenty.
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LONGEST);
    }
  }

  @Test
  void saysThatANameLeadsNowhereAndTriesTheAddress() throws IOException {
    try (Device device = new Device(Device.newKey(), PROMPT);
        ErrorTesting testing = withoutAccount(QUICK)) {
      names.add("192.0.2.10", device.address()).calledBack("OTHER.EXAMPLE.COM");

      ErrorTestFinding finding = test(testing, Errors.device(FQDN, "192.0.2.10"));

      assertThat(finding.outcome()).isEqualTo(Outcome.UP);
      assertThat(lines(finding))
          .endsWith(
              "(ABCDTXAB1ZW.EXAMPLE.COM) Not Pingable | DNS Resolves to: nothing",
              "(192.0.2.10) "
                  + pingable(device)
                  + " | DNS Resolves to: OTHER.EXAMPLE.COM | SSH: SSH-2.0-DEVICE-9.2");
    }
  }

  @Test
  void triesOnceWhatNameAndAddressBothLeadTo() throws IOException {
    try (Device device = new Device(Device.newKey(), PROMPT);
        ErrorTesting testing = withAccount(QUICK, Device.PASSWORD)) {
      names.add(FQDN, device.address()).add("192.0.2.10", device.address()).calledBack(FQDN);

      ErrorTestFinding finding = test(testing, Errors.device(FQDN, "192.0.2.10"));

      assertThat(device.passwords()).hasSize(1);
      assertThat(lines(finding))
          .filteredOn(line -> line.endsWith("Login: Success"))
          .hasSize(2)
          .allMatch(line -> line.contains("DNS Resolves to: "))
          .allMatch(line -> line.contains(", back to "));
    }
  }

  @Test
  void leavesADeviceAloneThatMdsoReaches() throws IOException {
    try (Device device = new Device(Device.newKey(), PROMPT);
        ErrorTesting testing = withAccount(QUICK, Device.PASSWORD)) {
      names.add(FQDN, device.address());
      DeviceUnderTest reached =
          new DeviceUnderTest(
              new Tid("ABCDTXAB1ZW"),
              Optional.of(FQDN),
              Optional.empty(),
              Optional.of(new Onboarded("AVAILABLE", FQDN)));

      ErrorTestFinding finding = test(testing, reached);

      assertThat(finding.outcome()).isEqualTo(Outcome.SKIPPED);
      assertThat(finding.isTold()).isFalse();
      assertThat(finding.sections().get(0).verdict()).isEqualTo("Skipped");
      assertThat(names.asked()).isEmpty();
    }
  }

  @Test
  void saysThatNoNetworkFunctionIsKnown() throws IOException {
    try (ErrorTesting testing = withoutAccount(QUICK)) {
      DeviceUnderTest unknown =
          new DeviceUnderTest(
              new Tid("ABCDTXAB1ZW"), Optional.empty(), Optional.empty(), Optional.empty());

      ErrorTestFinding finding = test(testing, unknown);

      assertThat(finding.outcome()).isEqualTo(Outcome.NOT_TESTED);
      assertThat(finding.isTold()).isFalse();
      assertThat(lines(finding))
          .containsSequence("No NF Found", "IPC/mapper IP: ")
          .endsWith("Not tested: neither name nor address is known");
    }
  }

  @Test
  void sendsNoPasswordToADeviceWithAnotherKey() throws IOException {
    KeyPair first = Device.newKey();
    try (Device before = new Device(first, PROMPT);
        ErrorTesting testing = withAccount(QUICK, Device.PASSWORD)) {
      names.add(FQDN, before.address());
      test(testing, Errors.device(FQDN, ""));
      renameKeyTo(before.address().getPort(), 1);

      try (Device after = new Device(Device.newKey(), PROMPT);
          ErrorTesting restarted = withAccount(QUICK, Device.PASSWORD)) {
        renameKeyTo(1, after.address().getPort());
        names.add(FQDN, after.address());
        ErrorTestFinding finding = test(restarted, Errors.device(FQDN, ""));

        assertThat(finding.outcome()).isEqualTo(Outcome.DOWN);
        assertThat(last(finding))
            .endsWith(" | Login: Failed: the host key has changed, so no password was sent");
        assertThat(after.passwords()).isEmpty();
        Files.writeString(folder.resolve("keys"), "");
        assertThat(test(restarted, Errors.device(FQDN, "")).outcome()).isEqualTo(Outcome.UP);
      }
    }
  }

  @Test
  void sendsNoPasswordWhereKeysCannotBeKept() throws IOException {
    Files.createDirectory(folder.resolve("keys"));
    try (Device device = new Device(Device.newKey(), PROMPT);
        ErrorTesting testing = withAccount(QUICK, Device.PASSWORD)) {
      names.add(FQDN, device.address());

      ErrorTestFinding finding = test(testing, Errors.device(FQDN, ""));

      assertThat(last(finding))
          .endsWith("Failed: the file of host keys cannot be used, so no password was sent");
      assertThat(device.passwords()).isEmpty();
    }
  }

  @Test
  void writesNeitherPasswordNorAccountIntoAnyLog() throws IOException {
    Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    Logger ssh = (Logger) LoggerFactory.getLogger("org.apache.sshd");
    Level before = root.getLevel();
    Level ofSsh = ssh.getLevel();
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    root.addAppender(log);
    root.setLevel(Level.DEBUG);
    ssh.setLevel(Level.DEBUG);
    try (Device device = new Device(Device.newKey(), PROMPT);
        ErrorTesting right = withAccount(QUICK, Device.PASSWORD);
        ErrorTesting wrong = withAccount(QUICK, "wrong-password")) {
      names.add(FQDN, device.address());
      test(right, Errors.device(FQDN, ""));
      test(wrong, Errors.device(FQDN, ""));
    } finally {
      root.setLevel(before);
      ssh.setLevel(ofSsh);
      root.detachAppender(log);
    }

    assertThat(new ArrayList<>(log.list))
        .extracting(ILoggingEvent::getFormattedMessage)
        .isNotEmpty()
        .noneMatch(line -> line.contains(Device.PASSWORD) || line.contains("wrong-password"));
    assertThat(new DeviceAccount("orchscope", new Secret(Device.PASSWORD)).toString())
        .doesNotContain(Device.PASSWORD);
  }

  @Test
  void triesOutNoMoreCircuitsAtOnceThanItMay() throws Exception {
    TestLimits eight =
        new TestLimits(8, Duration.ofMinutes(8), Duration.ofMinutes(2), Duration.ofMinutes(1), 3);
    int circuits = CIRCUITS;
    ExecutorService threads = Executors.newFixedThreadPool(circuits);
    try (Device device = new Device(Device.newKey(), PROMPT);
        ErrorTesting testing = withAccount(eight, Device.PASSWORD)) {
      names.add(FQDN, device.address());
      long begun = System.nanoTime();
      List<Future<ErrorTestFinding>> all = new ArrayList<>();
      for (int i = 0; i < circuits; i++) {
        all.add(threads.submit(() -> test(testing, Errors.device(FQDN, ""))));
      }
      for (Future<ErrorTestFinding> each : all) {
        assertThat(each.get().outcome()).as(() -> "finding").isEqualTo(Outcome.UP);
      }

      System.out.printf(
          "ConnectivityTest: %d circuits at once, at most 8 allowed, at most %d at"
              + " the device, %d ms%n",
          circuits, device.mostOpen(), Duration.ofNanos(System.nanoTime() - begun).toMillis());
      assertThat(device.sessions()).isEqualTo(circuits);
      assertThat(device.mostOpen()).isBetween(2, 8);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void saysThatACircuitWasNotTestedWhenItsTurnDoesNotCome() throws Exception {
    TestLimits one =
        new TestLimits(1, Duration.ofMillis(200), Duration.ofSeconds(20), Duration.ofSeconds(5), 3);
    ExecutorService threads = Executors.newFixedThreadPool(1);
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        ErrorTesting testing = withoutAccount(one)) {
      names.add(FQDN, new InetSocketAddress(silent.getInetAddress(), silent.getLocalPort()));
      Future<ErrorTestFinding> first = threads.submit(() -> test(testing, Errors.device(FQDN, "")));
      silent.accept().getInputStream();

      ErrorTestFinding second = test(testing, Errors.device(FQDN, ""));

      assertThat(second.outcome()).isEqualTo(Outcome.NOT_TESTED);
      assertThat(second.isTold()).isFalse();
      assertThat(last(second)).isEqualTo("Not tested: too many at once");
      assertThat(first.get().outcome()).isEqualTo(Outcome.DOWN);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void triesOutSoManyDevicesOfACircuitAndNamesTheOthers() throws IOException {
    try (Device device = new Device(Device.newKey(), PROMPT);
        ErrorTesting testing = withoutAccount(QUICK)) {
      names.add(FQDN, device.address());
      List<DeviceUnderTest> many = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        many.add(Errors.device(FQDN, ""));
      }

      ErrorTestFinding finding = testing.connectivity(Errors.CONNECTIVITY, Errors.ordinary(), many);

      assertThat(finding.outcome()).isEqualTo(Outcome.UP);
      assertThat(finding.sections()).hasSize(51);
      assertThat(finding.sections())
          .filteredOn(section -> section.verdict().equals("Connection UP"))
          .hasSize(3);
      assertThat(finding.sections().get(3).lines().get(5).plain())
          .isEqualTo("Not tested: more than 3 devices");
      assertThat(finding.sections().get(50).left()).isEqualTo("and 10 more");
    }
  }

  @Test
  void asksNobodyForWhatIsNoName() throws IOException {
    List<String> hostile =
        List.of("$(reboot)", "a b", "-oProxyCommand=x", "http://192.0.2.1/", "x\n192.0.2.1", "%2e");
    try (ErrorTesting testing = withoutAccount(QUICK)) {
      for (String name : hostile) {
        ErrorTestFinding finding = test(testing, Errors.device(name, ""));

        assertThat(lines(finding).get(5))
            .isEqualTo("(" + name + ") Not Pingable | DNS not asked: this is no name");
        assertThat(finding.outcome()).isEqualTo(Outcome.DOWN);
      }
      assertThat(names.asked()).containsOnly(FQDN);
    }
  }

  private static ErrorTestFinding test(ErrorTesting testing, DeviceUnderTest device) {
    return testing.connectivity(Errors.CONNECTIVITY, Errors.ordinary(), List.of(device));
  }

  private ErrorTesting withAccount(TestLimits limits, String password) {
    return testing(limits, Optional.of(new DeviceAccount("orchscope", new Secret(password))));
  }

  private ErrorTesting withoutAccount(TestLimits limits) {
    return testing(limits, Optional.empty());
  }

  private ErrorTesting testing(TestLimits limits, Optional<DeviceAccount> account) {
    return new ErrorTesting(
        new ErrorTests(List.of(Errors.CONNECTIVITY)),
        limits,
        names,
        account,
        folder.resolve("keys"),
        Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
  }

  private static TestLimits limits(Duration target) {
    return new TestLimits(4, Duration.ofSeconds(5), LONGEST, target, 3);
  }

  private static List<String> lines(ErrorTestFinding finding) {
    return finding.sections().get(0).lines().stream().map(FindingLine::plain).toList();
  }

  private static String last(ErrorTestFinding finding) {
    List<String> lines = lines(finding);
    return lines.get(lines.size() - 1);
  }

  private static String pingable(Device device) {
    return Ping.isAllowed()
        ? "Pingable (ICMP)"
        : "Pingable (TCP port " + device.address().getPort() + ")";
  }

  /** As if the next device had been at the port of the one before. */
  private void renameKeyTo(int from, int to) throws IOException {
    Path keys = folder.resolve("keys");
    Files.writeString(keys, Files.readString(keys).replace("]:" + from + " ", "]:" + to + " "));
  }

  private static InetSocketAddress closedPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.next());
  }
}
