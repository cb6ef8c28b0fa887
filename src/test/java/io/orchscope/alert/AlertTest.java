package io.orchscope.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.orchscope.circuit.CircuitId;
import io.orchscope.circuit.Device;
import io.orchscope.circuit.Disconnect;
import io.orchscope.circuit.ErrorEntryRule;
import io.orchscope.circuit.OrchState;
import io.orchscope.circuit.Product;
import io.orchscope.circuit.Resource;
import io.orchscope.circuit.ResourceId;
import io.orchscope.circuit.Tid;
import io.orchscope.defect.Classification;
import io.orchscope.defect.DefectCode;
import io.orchscope.defect.Examination;
import io.orchscope.defect.Occurrence;
import io.orchscope.defect.Severity;
import io.orchscope.trace.FoundError;
import io.orchscope.trace.OrchestrationTrace;
import io.orchscope.trace.TraceEntry;
import io.orchscope.trace.TraceSearch;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlertTest {

  private static final Instant UPDATED = Instant.parse("2024-03-01T14:07:00Z");
  private static final Instant NOW = Instant.parse("2024-03-01T14:10:00Z");
  private static final Instant START = Instant.parse("2024-03-01T14:06:19Z");
  private static final ObjectMapper JSON =
      JsonMapper.builder().addModules(new Jdk8Module(), new JavaTimeModule()).build();

  private static final Device Z_SIDE =
      new Device(new Tid("ABCDTXAB1ZW"), Optional.of("192.0.2.10"), Optional.of(Disconnect.FULL));
  private static final Resource RESOURCE =
      new Resource(
          new ResourceId("6b1d0c2e-0000-11ee-9000-0000000000aa"),
          "disconnect_mapper",
          "80.L1XX.000001..TEST",
          new CircuitId("80.L1XX.000001..TEST"),
          OrchState.FAILED,
          "the resource's reason",
          7,
          START,
          UPDATED,
          List.of(Z_SIDE));
  private static final Product PRODUCT =
      new Product(
          "disconnect_mapper",
          "DisconnectMapper",
          "charter.resourceTypes.DisconnectMapper",
          List.of(),
          List.of(),
          true,
          ErrorEntryRule.DISCONNECT,
          "");

  @Test
  void tellsEverythingThatIsKnownOfAnOccurrence() {
    Occurrence occurrence = occurrence("origin/f3a9c1d2e4b50617/1", 1, "Connectivity  error\n");

    List<Alert> alerts =
        Alert.of(
            examination(List.of(attempt("f3a9c1d2e4b50617", START)), occurrence),
            "lab",
            Optional.of("4bf92f3577b34da6a3ce929d0e0e4736"),
            NOW);

    assertThat(alerts)
        .containsExactly(
            new Alert(
                "origin/f3a9c1d2e4b50617/1",
                "lab",
                "disconnect_mapper",
                "DisconnectMapper",
                RESOURCE.circuit(),
                RESOURCE.id(),
                List.of(Z_SIDE),
                OrchState.FAILED,
                "DE-1000",
                "Live device is unreachable",
                "connectivity",
                Severity.MAJOR,
                "scripts.disconnect.Activate",
                "Connectivity  error\n",
                FoundError.Source.CATEGORIZED,
                Optional.of("4bf92f3577b34da6a3ce929d0e0e4736"),
                Optional.of("f3a9c1d2e4b50617"),
                Optional.of("disconnect_mapper/80.L1XX.000001..TEST"),
                START.plusSeconds(22),
                NOW,
                Optional.empty()));
  }

  @Test
  void raisesOneAlertForEachOccurrenceOfADisconnect() {
    Examination examination =
        examination(
            List.of(attempt("f3a9c1d2e4b50617", START)),
            occurrence("origin/f3a9c1d2e4b50617/0", 0, "first"),
            occurrence("origin/f3a9c1d2e4b50617/1", 1, "second"));

    List<Alert> alerts = Alert.of(examination, "lab", Optional.empty(), NOW);

    assertThat(alerts).extracting(Alert::errorText).containsExactly("first", "second");
  }

  @Test
  void raisesNoneForAHealthyCircuit() {
    Examination healthy = examination(List.of(attempt("f3a9c1d2e4b50617", START)));

    assertThat(Alert.of(healthy, "lab", Optional.empty(), NOW)).isEmpty();
  }

  @Test
  void namesTheAttemptInWhichTheErrorStood() {
    Examination examination =
        examination(
            List.of(
                attempt("aaaa000000000002", NOW),
                attempt("aaaa000000000001", START),
                attempt("aaaa000000000000", UPDATED)),
            occurrence("origin/aaaa000000000001/1", 1, "text"));

    Alert alert = Alert.of(examination, "lab", Optional.empty(), NOW).get(0);

    assertThat(alert.orchestrationTraceId()).contains("aaaa000000000001");
    assertThat(alert.occurredAt()).isEqualTo(START.plusSeconds(22));
  }

  @Test
  void namesTheNewestAttemptForTheReasonOfAResource() {
    Examination examination =
        examination(
            List.of(attempt("aaaa000000000001", START), attempt("aaaa000000000002", NOW)),
            occurrence("origin//-1", -1, "the resource's reason"));

    Alert alert = Alert.of(examination, "lab", Optional.empty(), NOW).get(0);

    assertThat(alert.orchestrationTraceId()).contains("aaaa000000000002");
    assertThat(alert.occurredAt()).isEqualTo(UPDATED);
  }

  @Test
  void knowsNoOrchestrationTraceWhereNoneWasFound() {
    Examination examination =
        examination(List.of(), occurrence("origin//-1", -1, "the resource's reason"));

    Alert alert = Alert.of(examination, "lab", Optional.empty(), NOW).get(0);

    assertThat(alert.orchestrationTraceId()).isEmpty();
  }

  @Test
  void saysUnclassifiedWhereNoRuleMatched() {
    Occurrence known = occurrence("origin/f3a9c1d2e4b50617/1", 1, "text");
    Classification none =
        new Classification(
            Optional.empty(),
            "Unclassified",
            "unclassified",
            Severity.MINOR,
            "text",
            "",
            "1",
            List.of());

    Alert alert =
        Alert.of(
                examination(List.of(), new Occurrence(known.key(), known.error(), none)),
                "lab",
                Optional.empty(),
                NOW)
            .get(0);

    assertThat(alert.defectCode()).isEqualTo("UNCLASSIFIED");
  }

  @Test
  void survivesAQueueUnchanged() throws IOException {
    Alert withAll = Alerts.ordinary();
    Alert withLittle =
        Alert.of(
                examination(List.of(), occurrence("origin//-1", -1, "tab\t, \u001B[31m, 漢字 😀")),
                "lab",
                Optional.empty(),
                NOW)
            .get(0);

    assertThat(throughQueue(withAll)).isEqualTo(withAll);
    assertThat(throughQueue(withLittle)).isEqualTo(withLittle);
  }

  @Test
  void survivesAQueueWithHalfASurrogatePair() throws IOException {
    Alert alert = Alerts.hostileEverywhere("before \uD83D after \uDE00");

    Alert arrived = throughQueue(alert);

    assertThat(arrived).isEqualTo(alert);
    assertThat(arrived.errorText()).isEqualTo("before \uFFFD after \uFFFD");
  }

  @Test
  void writesItsNamesAsPlainText() throws JsonProcessingException {
    String json = JSON.writeValueAsString(Alerts.ordinary());

    assertThat(json)
        .contains("\"circuit\":\"80.L1XX.000001..TEST\"", "\"orchState\":\"failed\"")
        .contains("\"tid\":\"ABCDTXAB1ZW\"");
  }

  private static Alert throughQueue(Alert alert) throws IOException {
    return JSON.readValue(JSON.writeValueAsBytes(alert), Alert.class);
  }

  private static Examination examination(
      List<OrchestrationTrace> attempts, Occurrence... occurrences) {
    TraceSearch search =
        new TraceSearch(
            RESOURCE,
            true,
            List.of(),
            List.of(),
            0,
            0,
            attempts,
            List.of(),
            false,
            Optional.empty(),
            Optional.empty());
    return new Examination(
        "poll-1",
        PRODUCT,
        RESOURCE,
        search,
        List.of(),
        List.of(occurrences),
        Optional.empty(),
        Optional.of("disconnect_mapper/80.L1XX.000001..TEST"));
  }

  private static Occurrence occurrence(String key, int entryIndex, String text) {
    FoundError error =
        new FoundError(
            FoundError.Source.CATEGORIZED,
            text,
            entryIndex,
            "scripts.disconnect.Activate",
            "charter.resourceTypes.DisconnectMapper",
            "",
            "");
    Classification verdict =
        new Classification(
            Optional.of(DefectCode.of("DE-1000")),
            "Live device is unreachable",
            "connectivity",
            Severity.MAJOR,
            "normalised",
            "matched",
            "1",
            List.of());
    return new Occurrence(key, error, verdict);
  }

  private static OrchestrationTrace attempt(String traceId, Instant start) {
    return new OrchestrationTrace(
        "tracelog-1",
        "80.L1XX.000001..TEST.orch_trace",
        traceId,
        "origin",
        "activate",
        "80.L1XX.000001..TEST",
        Optional.of(start),
        Optional.of(start),
        List.of(entry(0, 1), entry(1, 22)),
        new byte[0]);
  }

  private static TraceEntry entry(int index, long elapsedSeconds) {
    return new TraceEntry(
        index, "14:06:41", "", "", "", "", "message", "FAILED", elapsedSeconds, "text", "");
  }
}
