package io.orchscope.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.circuit.CircuitId;
import io.orchscope.circuit.Tid;
import io.orchscope.defect.FailureGroup;
import io.orchscope.errortest.DeviceAddresses;
import io.orchscope.errortest.DeviceUnderTest;
import io.orchscope.errortest.DeviceUnderTest.Onboarded;
import io.orchscope.errortest.ErrorTestFinding;
import io.orchscope.errortest.ErrorTestPlan;
import io.orchscope.errortest.ErrorTestPlan.Kind;
import io.orchscope.errortest.ErrorTesting;
import io.orchscope.errortest.ErrorTests;
import io.orchscope.errortest.LoggedMessages;
import io.orchscope.errortest.TestLimits;
import io.orchscope.errortest.TestedError;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

/** In which words a room is told what real tests found. */
final class FindingMessagesTest {

  private static final Instant NOON = Instant.parse("2024-03-01T12:00:00Z");
  private static final String FQDN = "ABCDTXAB1ZW.EXAMPLE.COM";
  private static final String ADDRESS = "192.0.2.10";

  private static final FindingMessages MESSAGES = new GroupMessages(Links.NONE, true).findings();

  private static final GroupFacts GROUP =
      new GroupFacts(
          "3f9c000000000000",
          "lab",
          "service_mapper",
          "DE-1000",
          "Live device is unreachable",
          FailureGroup.State.NEW,
          NOON,
          NOON,
          1,
          1,
          "Service mapper");

  @Test
  void saysThatADeviceAnswers() throws IOException {
    try (ServerSocket device = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      answer(device);

      assertThat(told(connectivity(device.getLocalPort()), Draft.Kind.REPLY))
          .isEqualTo(fixture("finding-of-a-device-that-answers.md"));
    }
  }

  @Test
  void saysThatADeviceDoesNotAnswer() throws IOException {
    int closed;
    try (ServerSocket device = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      closed = device.getLocalPort();
    }

    assertThat(told(connectivity(closed), Draft.Kind.REPLY))
        .isEqualTo(fixture("finding-of-a-device-that-is-down.md"));
  }

  @Test
  void saysWhatWasSaidWhereWhenACommitWasRefused() throws IOException {
    assertThat(
            told(
                commits(
                    new LoggedMessages(
                        "ABCDTXAB1CW.EXAMPLE.COM",
                        List.of("VLAN-ID must be specified", "commit failed", "commit failed")),
                    new LoggedMessages("ABCDTXAB2CW.EXAMPLE.COM", List.of("syntax error"))),
                Draft.Kind.REPLY))
        .isEqualTo(fixture("finding-of-commit-errors.md"));
    assertThat(told(commits(), Draft.Kind.REPLY))
        .isEqualTo(fixture("finding-of-no-commit-errors.md"));
  }

  @Test
  void saysWhatIsNewSinceADeployment() throws IOException {
    ErrorTestFinding finding =
        testing(Map.of())
            .deploymentWatch(
                plan(Kind.DEPLOYMENT_WATCH), error("c1", "UNCLASSIFIED"), Optional.of(NOON), NOON);

    assertThat(told(finding, Draft.Kind.REPLY))
        .isEqualTo(fixture("finding-of-a-new-kind-of-error.md"));
  }

  @Test
  void namesTheGroupWhereNoThreadDoes() throws IOException {
    Draft draft = MESSAGES.alone(List.of(GROUP), List.of(commits()), 3);

    assertThat(draft.kind()).isEqualTo(Draft.Kind.ROOT);
    assertThat(draft.message().markdown())
        .isEqualTo(fixture("finding-of-a-group-without-a-thread.md"));
    assertThat(draft.message().summary())
        .isEqualTo("TESTED 1 none of DE-1000 service_mapper → room \"Service mapper\"");
    assertThat(MESSAGES.alone(List.of(GROUP, GROUP), List.of(commits()), 0).message().markdown())
        .startsWith("**Failures of 2 kinds**\n\n**Tested**: 1 none\n\n**[");
  }

  @Test
  void listsWhatDoesNotFitAndHasAllOfItInATable() throws IOException {
    List<ErrorTestFinding> many = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      many.add(
          testing(Map.of())
              .deploymentWatch(
                  plan(Kind.DEPLOYMENT_WATCH),
                  error("80.L1XX.%06d..TEST".formatted(i), "UNCLASSIFIED"),
                  Optional.of(NOON),
                  NOON));
    }

    RoomMessage message = MESSAGES.below(GROUP, many, 0).message();

    assertThat(message.markdown())
        .startsWith(
            "**Tested**: 500 new\n\n- **[service\\_mapper - 80.L1XX.000000..TEST]** New since")
        .endsWith("\n\nShowing 40 of 500 findings; the table has all of them.");
    List<CSVRecord> rows = table(message);
    assertThat(rows).hasSize(501);
    assertThat(rows.get(500).toList())
        .containsExactly(
            "80.L1XX.000499..TEST",
            "service_mapper",
            "UNCLASSIFIED",
            "a-deployment-watch",
            "new",
            "service_mapper - 80.L1XX.000499..TEST",
            "New since the deployment of 2024-03-01T12:00:00Z",
            "Classified: UNCLASSIFIED A title\nFirst seen: 2024-03-01T12:00:00Z\nError: An error",
            "2024-03-01T12:00:00Z");
  }

  @Test
  void saysHowManyLinesOfOneLongFindingItShows() throws IOException {
    List<LoggedMessages> much = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      much.add(new LoggedMessages("source " + i, List.of("x".repeat(500))));
    }

    RoomMessage message =
        MESSAGES.below(GROUP, List.of(commits(much.toArray(LoggedMessages[]::new))), 0).message();

    assertThat(message.markdown())
        .startsWith("**[c1 - DE-1110]** Commit errors of 40 sources\n\n- Logs: ")
        .containsPattern("\n\nShowing [0-9]+ of 83 lines; the table has them all\\.$");
    assertThat(table(message)).hasSize(2);
  }

  @Test
  void staysHarmlessAndBelowTheLimitWhateverWasSaid() throws IOException {
    HostileTexts texts = new HostileTexts(20240301);

    for (int i = 0; i < 100; i++) {
      List<ErrorTestFinding> findings = new ArrayList<>();
      for (int j = 0; j <= i % 4; j++) {
        findings.addAll(hostile(texts.next()));
      }
      for (Draft draft :
          List.of(
              MESSAGES.below(GROUP, findings, i),
              MESSAGES.alone(List.of(hostileGroup(texts.next())), findings, i))) {
        String markdown = draft.message().markdown();
        assertThat(markdown.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(7_439);
        assertThat(markdown)
            .doesNotContain("<@")
            .doesNotContain("&lt;@")
            .doesNotContain("<spark-")
            .doesNotContain("](javascript");
        assertThat(markdown.codePoints().noneMatch(FindingMessagesTest::acts)).isTrue();
        assertThat(
                markdown
                    .lines()
                    .allMatch(line -> line.isEmpty() || line.matches("(  )?- .*|\\*\\*.*|.*\\..*")))
            .as(markdown)
            .isTrue();
      }
    }
  }

  @Test
  void letsNoLinkLeadElsewhere() throws IOException {
    for (String link :
        List.of(
            "javascript:alert(1)",
            "https://example.com/) <@all> [x](http://evil.example.com/",
            "https://example.com/ x",
            "/var/evidence/service_mapper")) {
      TestedError error =
          new TestedError(
              "k1", "service_mapper", new CircuitId("c1"), "DE-1110", "", "", Optional.of(link));
      ErrorTestFinding finding =
          testing(Map.of()).commitErrors(plan(Kind.COMMIT_ERRORS), error, List.of());

      assertThat(told(finding, Draft.Kind.REPLY)).contains("- Logs: `").doesNotContain("[open]");
    }
  }

  private static List<ErrorTestFinding> hostile(String text) throws IOException {
    TestedError error =
        new TestedError(
            text, "service_mapper", new CircuitId(text), text, text, text, Optional.of(text));
    ErrorTesting testing = testing(Map.of());
    DeviceUnderTest device =
        new DeviceUnderTest(
            new Tid(text),
            Optional.of(text),
            Optional.of(text),
            Optional.of(new Onboarded(text, text)));
    return List.of(
        testing.connectivity(plan(Kind.CONNECTIVITY), error, List.of(device)),
        testing.commitErrors(
            plan(Kind.COMMIT_ERRORS), error, List.of(new LoggedMessages(text, List.of(text)))),
        testing.deploymentWatch(plan(Kind.DEPLOYMENT_WATCH), error, Optional.of(NOON), NOON));
  }

  private static GroupFacts hostileGroup(String text) {
    return new GroupFacts(
        "3f9c", text, text, text, text, FailureGroup.State.NEW, NOON, NOON, 1, 1, text);
  }

  private static boolean acts(int character) {
    return (Character.isISOControl(character) && character != '\n')
        || (Character.getType(character) == Character.FORMAT && character != 0x200B);
  }

  private static String told(ErrorTestFinding finding, Draft.Kind kind) {
    Draft draft = MESSAGES.below(GROUP, List.of(finding), 0);
    assertThat(draft.kind()).isEqualTo(kind);
    assertThat(draft.told()).isEmpty();
    // Who may ping depends on the machine, and which port was free.
    return draft
        .message()
        .markdown()
        .replaceAll("TCP port [0-9]+", "TCP port 22")
        .replace("Pingable (ICMP)", "Pingable (TCP port 22)");
  }

  private static ErrorTestFinding connectivity(int port) throws IOException {
    InetSocketAddress there = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    DeviceUnderTest device =
        new DeviceUnderTest(
            new Tid("ABCDTXAB1ZW"),
            Optional.of(FQDN),
            Optional.of(ADDRESS),
            Optional.of(new Onboarded("NOT-AVAILABLE", FQDN)));
    return testing(Map.of(ADDRESS, there))
        .connectivity(
            plan(Kind.CONNECTIVITY), error("80.L1XX.000001..TEST", "DE-1000"), List.of(device));
  }

  private static ErrorTestFinding commits(LoggedMessages... logged) {
    return testing(Map.of())
        .commitErrors(plan(Kind.COMMIT_ERRORS), error("c1", "DE-1110"), List.of(logged));
  }

  private static ErrorTestPlan plan(Kind kind) {
    return new ErrorTestPlan("a-" + kind.word(), kind, List.of(), List.of(), true, false);
  }

  private static TestedError error(String circuit, String code) {
    return new TestedError(
        "k1",
        "service_mapper",
        new CircuitId(circuit),
        code,
        "A title",
        "An error",
        Optional.of("https://orchscope.example.com/circuits/80.L1XX.000001..TEST"));
  }

  private static ErrorTesting testing(Map<String, InetSocketAddress> addresses) {
    return new ErrorTesting(
        new ErrorTests(List.of()),
        TestLimits.of(1, Duration.ofSeconds(20)),
        new DeviceAddresses() {
          @Override
          public InetSocketAddress addressOf(String target) throws UnknownHostException {
            InetSocketAddress found = addresses.get(target);
            if (found == null) {
              throw new UnknownHostException(target);
            }
            return found;
          }

          @Override
          public Optional<String> nameOf(InetAddress address) {
            return Optional.of(FQDN);
          }
        },
        Optional.empty(),
        Path.of("never-made"),
        Clock.fixed(NOON, ZoneOffset.UTC));
  }

  private static void answer(ServerSocket device) {
    Thread thread =
        new Thread(
            () -> {
              try (Socket guest = device.accept()) {
                guest
                    .getOutputStream()
                    .write("SSH-2.0-DEVICE-9.2\r\n".getBytes(StandardCharsets.UTF_8));
              } catch (IOException gone) {
                Thread.currentThread().interrupt();
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static List<CSVRecord> table(RoomMessage message) throws IOException {
    String text = message.file().orElseThrow().text();
    return CSVFormat.RFC4180.parse(new StringReader(text)).getRecords();
  }

  private static String fixture(String name) throws IOException {
    try (InputStream file =
        Objects.requireNonNull(FindingMessagesTest.class.getResourceAsStream("/alert/" + name))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
    }
  }
}
