package io.orchscope.alert;

import io.orchscope.circuit.CircuitId;
import io.orchscope.circuit.Device;
import io.orchscope.circuit.OrchState;
import io.orchscope.circuit.ResourceId;
import io.orchscope.circuit.Tid;
import io.orchscope.defect.Classification;
import io.orchscope.defect.Examination;
import io.orchscope.defect.Naming;
import io.orchscope.defect.Occurrence;
import io.orchscope.defect.Severity;
import io.orchscope.trace.FoundError;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What people are told of one occurrence, complete enough to be told later and somewhere else.
 *
 * <p>Shape: travels over a queue as JSON (Jackson with {@code Jdk8Module} and {@code
 * JavaTimeModule}). Half a surrogate pair, which UTF-8 cannot carry, becomes U+FFFD; every other
 * character stays as MDSO wrote it, and the texts are hostile wherever they are shown.
 *
 * @param key of the occurrence; the same error read twice has the same key
 * @param environment the operator's name for the MDSO, {@code lab}
 * @param devices each with its own management address, and with no other's
 * @param defectCode {@code DE-1041} or {@code UNCLASSIFIED}
 * @param process of the failing step; empty when the resource's reason spoke
 * @param errorText as MDSO wrote it, neither cut nor normalised
 * @param source where those words stood
 * @param telemetryTraceId OpenTelemetry's, 32 hex digits; not MDSO's
 * @param orchestrationTraceId MDSO's trace header, 16 hex digits; not OpenTelemetry's
 * @param evidence where the evidence was kept, a path under the archive's root
 * @param occurredAt on the orchestrator's clock; the resource's last change if no trace says it
 * @param seenAt when we found it, on our clock
 * @param partial the codes of rules that could not decide and might have won, parted by commas
 */
public record Alert(
    String key,
    String environment,
    String productType,
    String productName,
    CircuitId circuit,
    ResourceId resourceId,
    List<Device> devices,
    OrchState orchState,
    String defectCode,
    String title,
    String category,
    Severity severity,
    String process,
    String errorText,
    FoundError.Source source,
    Optional<String> telemetryTraceId,
    Optional<String> orchestrationTraceId,
    Optional<String> evidence,
    Instant occurredAt,
    Instant seenAt,
    Optional<String> partial) {

  /** Mends what UTF-8 cannot carry, so that an alert arrives equal to the one that was sent. */
  public Alert {
    key = HostileText.wellFormed(key);
    circuit = new CircuitId(HostileText.wellFormed(circuit.value()));
    resourceId = new ResourceId(HostileText.wellFormed(resourceId.value()));
    devices = devices.stream().map(Alert::wellFormed).toList();
    title = HostileText.wellFormed(title);
    process = HostileText.wellFormed(process);
    errorText = HostileText.wellFormed(errorText);
    orchestrationTraceId = orchestrationTraceId.map(HostileText::wellFormed);
    evidence = evidence.map(HostileText::wellFormed);
  }

  /**
   * The alerts that an examination gives rise to: one for each occurrence, in their order.
   *
   * @param telemetryTraceId of the span under which the circuit was examined
   * @param now when the occurrences were found
   */
  public static List<Alert> of(
      Examination examination, String environment, Optional<String> telemetryTraceId, Instant now) {
    return examination.occurrences().stream()
        .map(occurrence -> of(examination, occurrence, environment, telemetryTraceId, now))
        .toList();
  }

  private static Alert of(
      Examination examination,
      Occurrence occurrence,
      String environment,
      Optional<String> telemetryTraceId,
      Instant now) {
    Classification verdict = occurrence.classification();
    AttemptOfOccurrence attempt = AttemptOfOccurrence.of(occurrence, examination.search());
    return new Alert(
        occurrence.key(),
        environment,
        examination.product().type(),
        examination.product().name(),
        examination.resource().circuit(),
        examination.resource().id(),
        examination.resource().devices(),
        examination.resource().orchState(),
        verdict.codeOrUnclassified(),
        verdict.title(),
        verdict.category(),
        verdict.severity(),
        occurrence.error().process(),
        occurrence.error().text().masked(),
        occurrence.error().source(),
        telemetryTraceId,
        attempt.traceId(),
        examination.evidence(),
        attempt.occurredAt().orElse(examination.resource().updatedAt()),
        now,
        Optional.of(verdict.partialCodes()).filter(codes -> !codes.isEmpty()));
  }

  /** The same error under another code. */
  public Alert named(Naming other) {
    return new Alert(
        key,
        environment,
        productType,
        productName,
        circuit,
        resourceId,
        devices,
        orchState,
        other.code(),
        other.title(),
        other.category(),
        other.severity(),
        process,
        errorText,
        source,
        telemetryTraceId,
        orchestrationTraceId,
        evidence,
        occurredAt,
        seenAt,
        partial);
  }

  private static Device wellFormed(Device device) {
    return new Device(
        new Tid(HostileText.wellFormed(device.tid().value())),
        device.managementAddress().map(HostileText::wellFormed),
        device.disconnect());
  }
}
