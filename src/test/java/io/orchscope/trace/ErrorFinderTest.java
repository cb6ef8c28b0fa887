package io.orchscope.trace;

import static io.orchscope.circuit.Disconnect.FULL;
import static io.orchscope.circuit.Disconnect.PARTIAL;
import static io.orchscope.circuit.ErrorEntryRule.DISCONNECT;
import static io.orchscope.circuit.ErrorEntryRule.FIRST_CATEGORIZED;
import static io.orchscope.circuit.ErrorEntryRule.FIRST_EXCEPT_CONNECTIVITY_CHECK;
import static io.orchscope.trace.TraceSamples.end;
import static io.orchscope.trace.TraceSamples.newestOf;
import static io.orchscope.trace.TraceSamples.product;
import static io.orchscope.trace.TraceSamples.resource;
import static io.orchscope.trace.TraceSamples.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.orchscope.circuit.Device;
import io.orchscope.circuit.Disconnect;
import io.orchscope.circuit.ErrorEntryRule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which words name the failure of a circuit, product by product. */
final class ErrorFinderTest {

  private static final String WRAPPED = "later-entries-wrap-the-root-cause.json";
  private static final String CHECK_FIRST = "a-connectivity-check-fails-first.json";
  private static final String PARTIAL_THIRD = "disconnect-names-the-partial-z-side-third.json";
  private static final String CHECK_ONLY = "only-a-connectivity-check-failed.json";
  private static final String MESSAGE_ONLY = "failed-with-a-message-only.json";
  private static final String A = "ABCDTXAB1AW";
  private static final String Z = "ABCDTXAB1ZW";

  private final ErrorFinder finder = new ErrorFinder();

  /**
   * Entries of {@code PARTIAL_THIRD}: 0 check of A, 1 and 2 failures of neither end, 3 check of Z,
   * 4 a failure of neither end. Of {@code MESSAGE_ONLY}: 0 started, 1 check of Z, 2 a child, 3 its
   * parent, all without a categorized error.
   */
  static Stream<Arguments> traces() {
    return Stream.of(
        arguments("the root cause, not its wrapper", WRAPPED, FIRST_CATEGORIZED, none(), "C2"),
        arguments("a mapper's connectivity check", CHECK_FIRST, FIRST_CATEGORIZED, none(), "C1"),
        arguments(
            "no network service's connectivity check",
            CHECK_FIRST,
            FIRST_EXCEPT_CONNECTIVITY_CHECK,
            none(),
            "C2"),
        arguments("both ends full: all", PARTIAL_THIRD, DISCONNECT, ends(FULL, FULL), "C1 C2 C4"),
        arguments(
            "Z partial: up to it", PARTIAL_THIRD, DISCONNECT, ends(FULL, PARTIAL), "C1 C2 C3"),
        arguments("A partial: stop at once", PARTIAL_THIRD, DISCONNECT, ends(PARTIAL, FULL), "C0"),
        arguments("both partial", PARTIAL_THIRD, DISCONNECT, ends(PARTIAL, PARTIAL), "C0"),
        arguments("no ends known", PARTIAL_THIRD, DISCONNECT, none(), "C1 C2 C4"),
        arguments(
            "one TID at both ends stays if either does",
            PARTIAL_THIRD,
            DISCONNECT,
            List.of(end(Z, PARTIAL), end(Z, FULL)),
            "C1 C2 C3"),
        arguments(
            "the same the other way round",
            PARTIAL_THIRD,
            DISCONNECT,
            List.of(end(Z, FULL), end(Z, PARTIAL)),
            "C1 C2 C3"),
        arguments(
            "an end written as a host name",
            PARTIAL_THIRD,
            DISCONNECT,
            List.of(end("abcdtxab1zw.example.com", PARTIAL)),
            "C1 C2 C3"),
        arguments("an expected silence", CHECK_ONLY, DISCONNECT, ends(FULL, FULL), ""),
        arguments("an unexpected silence", CHECK_ONLY, DISCONNECT, ends(PARTIAL, FULL), "C1"),
        arguments("nothing but a check", CHECK_ONLY, FIRST_EXCEPT_CONNECTIVITY_CHECK, none(), ""),
        arguments("a mapper's first message", MESSAGE_ONLY, FIRST_CATEGORIZED, none(), "M1"),
        arguments(
            "no network service's check's message",
            MESSAGE_ONLY,
            FIRST_EXCEPT_CONNECTIVITY_CHECK,
            none(),
            "M2"),
        arguments("a full end's message", MESSAGE_ONLY, DISCONNECT, ends(FULL, FULL), "M2"),
        arguments("a partial end's message", MESSAGE_ONLY, DISCONNECT, ends(FULL, PARTIAL), "M1"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("traces")
  void takesTheEntriesThatTheProductsRuleNames(
      String what, String fixture, ErrorEntryRule rule, List<Device> devices, String expected) {
    Optional<OrchestrationTrace> trace = newestOf(fixture);

    List<FoundError> found = finder.find(product(rule), resource("", devices), trace);

    assertThat(trace).as("the fixture is readable").isPresent();
    assertThat(found.stream().map(ErrorFinderTest::shortly).toList())
        .as(what)
        .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected.split(" ")));
  }

  @Test
  void tellsWhoSpokeAndWhere() {
    Optional<OrchestrationTrace> trace = newestOf(WRAPPED);

    List<FoundError> found =
        finder.find(product(FIRST_CATEGORIZED), resource("Failed task:(1)", none()), trace);

    assertThat(found)
        .containsExactly(
            new FoundError(
                FoundError.Source.CATEGORIZED,
                "MDSO | Connectivity Error - Unreachable Live Device: device: ABCDTXAB1ZW"
                    + " communication state: NOT-AVAILABLE equipment status: LIVE",
                2,
                "scripts.networkservice.servicedevicecvalidator.Activate",
                "charter.resourceTypes.ServiceDeviceValidator",
                "service_device_validator",
                "plan-script-6b1d0c2e-0000-11ee-9000-0000000000aa-activate-2024-03-01T14:06:19.682Z"));
  }

  @Test
  void keepsAMessageWhole() {
    Optional<OrchestrationTrace> trace = newestOf(MESSAGE_ONLY);

    List<FoundError> found =
        finder.find(product(DISCONNECT), resource("Failed task:(1)", none()), trace);

    assertThat(found)
        .extracting(error -> error.text().forMatching())
        .containsExactly(
            "Error in scripts.networkservice.serviceelanprovisioner.Activate, MAINTENANCE WINDOW"
                + " NEEDED.  Please check file: plan-script-z");
  }

  @Test
  void letsTheReasonSpeakWhenTheTraceIsSilent() {
    Optional<OrchestrationTrace> trace = newestOf(CHECK_ONLY);

    List<FoundError> found =
        finder.find(product(DISCONNECT), resource("Failed task:(1) activate", none()), trace);

    assertThat(found)
        .containsExactly(
            new FoundError(
                FoundError.Source.REASON,
                "Failed task:(1) activate",
                -1,
                "",
                "charter.resourceTypes.ServiceMapper",
                "",
                ""));
  }

  @Test
  void letsTheReasonSpeakWithoutATrace() {
    List<FoundError> found =
        finder.find(product(FIRST_CATEGORIZED), resource("timed out ", none()), Optional.empty());

    assertThat(found).extracting(error -> error.text().forMatching()).containsExactly("timed out ");
  }

  @Test
  void findsNothingWhereNobodySpeaks() {
    List<FoundError> found =
        finder.find(product(FIRST_CATEGORIZED), resource(" \n", none()), Optional.empty());

    assertThat(found).isEmpty();
  }

  @Test
  void takesAMissingEndForNoDeviceEvenWhenAnErrorSaysNone() {
    List<TraceEntry> entries =
        List.of(
            entry(0, "FAILED", "", "MDSO | value: None"),
            entry(1, "FAILED", "", "MDSO | value: NONE"),
            entry(2, "FAILED", "", "MDSO | second"));

    List<FoundError> found =
        finder.find(
            product(DISCONNECT),
            resource("", List.of(end("None", PARTIAL), end("NONE", PARTIAL))),
            Optional.of(trace(entries)));

    assertThat(found.stream().map(ErrorFinderTest::shortly)).containsExactly("C0", "C1", "C2");
  }

  @Test
  void takesACategorizedErrorOfAnyState() {
    List<TraceEntry> entries =
        List.of(entry(0, "FAILED", "message", ""), entry(1, "COMPLETED", "", "MDSO | late"));

    List<FoundError> found =
        finder.find(product(FIRST_CATEGORIZED), resource("", none()), Optional.of(trace(entries)));

    assertThat(found.stream().map(ErrorFinderTest::shortly)).containsExactly("C1");
  }

  @Test
  void passesOverFailedEntriesThatSayNothing() {
    List<TraceEntry> entries =
        List.of(
            entry(0, "STARTED", "STARTED PROCESSING", ""),
            entry(1, "FAILED", "  ", ""),
            entry(2, "FAILED", "said", ""));

    List<FoundError> found =
        finder.find(product(FIRST_CATEGORIZED), resource("", none()), Optional.of(trace(entries)));

    assertThat(found.stream().map(ErrorFinderTest::shortly)).containsExactly("M2");
  }

  private static String shortly(FoundError error) {
    return error.source().name().charAt(0) + "" + error.entryIndex();
  }

  private static TraceEntry entry(int index, String state, String message, String categorized) {
    return new TraceEntry(
        index,
        "",
        "charter.resourceTypes.DisconnectMapper",
        "",
        "a.b.c.D",
        "",
        message,
        state,
        0,
        categorized,
        "");
  }

  private static List<Device> none() {
    return List.of();
  }

  private static List<Device> ends(Disconnect a, Disconnect z) {
    return List.of(end(A, a), end(Z, z));
  }
}
