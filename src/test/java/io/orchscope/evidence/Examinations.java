package io.orchscope.evidence;

import io.orchscope.circuit.CircuitId;
import io.orchscope.circuit.Device;
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
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Circuits that have been looked at. */
final class Examinations {

  static final String CIRCUIT = "80.L1XX.000001..TEST";
  static final Instant UPDATED = Instant.parse("2024-03-01T14:07:00.250Z");

  private static final String ERROR =
      "MDSO | Connectivity Error - Unreachable Live Device: device: ABCDTXAB1ZW"
          + " communication state: NOT-AVAILABLE equipment status: LIVE";

  /** Unreachable device in the second of two attempts, in the words of the fixture. */
  static Examination defective() {
    return new Examination(
        "poll-000001",
        product("service_mapper"),
        resource("6b1d0c2e-0000-11ee-9000-0000000000aa", CIRCUIT),
        search(second(), first()),
        List.of(error()),
        List.of(new Occurrence("6b1d…aa/f3a9c1d2e4b50617/1", error(), classification())),
        Optional.empty(),
        Optional.empty());
  }

  /** The same circuit at the time of its first attempt. */
  static Examination afterFirstAttempt() {
    return of(first());
  }

  /** The same circuit with other attempts. */
  static Examination of(OrchestrationTrace... attempts) {
    return defective().withSearch(search(attempts));
  }

  /** No TraceLog was found and the resource gives no reason. */
  static Examination unreadable(String circuit) {
    return unreadable("6b1d0c2e-0000-11ee-9000-0000000000aa", circuit);
  }

  static Examination unreadable(String resourceId, String circuit) {
    return new Examination(
        "poll-000001",
        product("service_mapper"),
        resource(resourceId, circuit),
        search(),
        List.of(),
        List.of(),
        Optional.of("No orchestration trace was found."),
        Optional.empty());
  }

  /** A success, in the words of the first or the second attempt. */
  static Examination healthy(String circuit, int attempt) {
    return new Examination(
        "poll-000001",
        product("service_mapper"),
        resource("6b1d0c2e-0000-11ee-9000-0000000000aa", circuit),
        search(attempt == 1 ? first() : second()),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  static Examination withProduct(Examination examination, String type) {
    return new Examination(
        examination.pollId(),
        product(type),
        examination.resource(),
        examination.search(),
        examination.errors(),
        examination.occurrences(),
        examination.unreadable(),
        examination.evidence());
  }

  static byte[] fixture(String name) {
    try (InputStream in = Examinations.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("There is no fixture " + name + ".");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Product product(String type) {
    return new Product(
        type,
        "ServiceMapper",
        "charter.resourceTypes.ServiceMapper",
        List.of("/properties/circuit_id"),
        List.of(),
        true,
        ErrorEntryRule.FIRST_CATEGORIZED,
        "");
  }

  private static Resource resource(String id, String circuit) {
    return new Resource(
        new ResourceId(id),
        "service_mapper",
        circuit + ".service_mapper",
        new CircuitId(circuit),
        OrchState.FAILED,
        "Plan failed",
        42,
        Instant.parse("2024-03-01T14:06:19.623Z"),
        UPDATED,
        List.of(
            new Device(new Tid("ABCDTXAB1ZW"), Optional.of("192.0.2.17"), Optional.empty()),
            new Device(new Tid("ABCDTXAB1CW"), Optional.empty(), Optional.empty())));
  }

  private static TraceSearch search(OrchestrationTrace... attempts) {
    return new TraceSearch(
        resource("6b1d0c2e-0000-11ee-9000-0000000000aa", CIRCUIT),
        true,
        List.of(),
        List.of(),
        0,
        0,
        List.of(attempts),
        List.of(),
        false,
        attempts.length == 0 ? Optional.empty() : Optional.of(TraceSearch.Lookup.ORIGINATION_ID),
        Optional.empty());
  }

  private static OrchestrationTrace first() {
    return trace(
        "6b1d0c2e-0000-11ee-9000-000000000000",
        "00a9c1d2e4b50617",
        Instant.parse("2024-03-01T13:00:00Z"),
        "{\"id\":\"6b1d0c2e-0000-11ee-9000-000000000000\"}".getBytes(StandardCharsets.UTF_8));
  }

  private static OrchestrationTrace second() {
    return trace(
        "6b1d0c2e-0000-11ee-9000-000000000001",
        "f3a9c1d2e4b50617",
        Instant.parse("2024-03-01T14:06:19Z"),
        fixture("trace-log-with-an-unreachable-device.json"));
  }

  /** An attempt of one entry. */
  static OrchestrationTrace trace(String id, String traceId, Instant start, byte[] raw) {
    return new OrchestrationTrace(
        id,
        CIRCUIT + ".orch_trace",
        traceId,
        "6b1d0c2e-0000-11ee-9000-0000000000aa",
        "activate",
        CIRCUIT,
        Optional.of(start),
        Optional.of(start.plusMillis(1101)),
        List.of(
            new TraceEntry(
                0,
                "14:06:20",
                "charter.resourceTypes.ServiceMapper",
                "6b1d0c2e-0000-11ee-9000-0000000000aa",
                "scripts.serviceMapper.serviceMapper.Activate",
                "",
                "STARTED PROCESSING",
                "STARTED",
                1,
                "",
                "")),
        raw);
  }

  private static FoundError error() {
    return new FoundError(
        FoundError.Source.CATEGORIZED,
        ERROR,
        1,
        "scripts.networkservice.servicedevicecvalidator.Activate",
        "charter.resourceTypes.ServiceDeviceValidator",
        "service_device_validator",
        "plan-script-6b1d0c2e-0000-11ee-9000-0000000000bb-activate-2024-03-01T14:06:30.001Z");
  }

  private static Classification classification() {
    return new Classification(
        Optional.of(DefectCode.of("DE-1041")),
        "Live device unreachable",
        "connectivity",
        Severity.MAJOR,
        ERROR + " - servicedevicecvalidator",
        "Unreachable Live Device: device: ABCDTXAB1ZW",
        "rules-7",
        List.of());
  }

  private Examinations() {}
}
