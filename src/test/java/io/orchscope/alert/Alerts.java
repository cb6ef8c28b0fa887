package io.orchscope.alert;

import io.orchscope.circuit.CircuitId;
import io.orchscope.circuit.Device;
import io.orchscope.circuit.OrchState;
import io.orchscope.circuit.ResourceId;
import io.orchscope.circuit.Tid;
import io.orchscope.defect.Severity;
import io.orchscope.trace.FoundError;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Alerts for tests: one ordinary, and variants of it. */
final class Alerts {

  static final Room ROOM = new Room("sim-room-service-mapper", "Service mapper", Severity.WARNING);

  static Alert ordinary() {
    return new Alert(
        "6b1d0c2e-0000-11ee-9000-0000000000aa/f3a9c1d2e4b50617/4",
        "lab",
        "service_mapper",
        "ServiceMapper",
        new CircuitId("80.L1XX.000001..TEST"),
        new ResourceId("6b1d0c2e-0000-11ee-9000-0000000000aa"),
        List.of(
            device("ABCDTXAB1ZW", Optional.of("192.0.2.10")),
            device("ABCDTXAB1CW", Optional.empty())),
        OrchState.FAILED,
        "DE-1000",
        "Live device is unreachable",
        "connectivity",
        Severity.MAJOR,
        "scripts.networkservice.servicedevicevalidator.Activate",
        "MDSO | Connectivity Error - Unreachable Live Device: device: ABCDTXAB1ZW communication"
            + " state: NOT-AVAILABLE equipment status: LIVE",
        FoundError.Source.CATEGORIZED,
        Optional.of("4bf92f3577b34da6a3ce929d0e0e4736"),
        Optional.of("f3a9c1d2e4b50617"),
        Optional.of("service_mapper/2024-03-01/80.L1XX.000001..TEST"),
        Instant.parse("2024-03-01T14:06:41Z"),
        Instant.parse("2024-03-01T14:10:00.123Z"),
        Optional.empty());
  }

  static Alert saying(String errorText) {
    return new Altered().errorText(errorText).alert();
  }

  static Alert partial(String codes) {
    return new Altered().partial(codes).alert();
  }

  static Alert withDevices(int count) {
    return new Altered()
        .devices(
            IntStream.range(0, count)
                .mapToObj(i -> device("ABCDTX%04dW".formatted(i), Optional.of("192.0.2.10")))
                .toList())
        .alert();
  }

  static Alert of(String productType, Severity severity) {
    return new Altered().productType(productType).severity(severity).alert();
  }

  static Alert withoutEvidence(String errorText) {
    return new Altered().errorText(errorText).evidence(Optional.empty()).alert();
  }

  /** The same text wherever somebody else's words are shown. */
  static Alert hostileEverywhere(String text) {
    return new Altered()
        .errorText(text)
        .productType(text)
        .circuit(text)
        .title(text)
        .process(text)
        .devices(IntStream.range(0, 12).mapToObj(i -> device(text, Optional.of(text))).toList())
        .evidence(Optional.of(text))
        .alert();
  }

  static Device device(String tid, Optional<String> address) {
    return new Device(new Tid(tid), address, Optional.empty());
  }

  /** The ordinary alert with some parts exchanged. */
  private static final class Altered {
    private final Alert base = ordinary();
    private String productType = base.productType();
    private String circuit = base.circuit().value();
    private List<Device> devices = base.devices();
    private String title = base.title();
    private Severity severity = base.severity();
    private String process = base.process();
    private String errorText = base.errorText();
    private Optional<String> evidence = base.evidence();
    private Optional<String> partial = base.partial();

    Altered productType(String value) {
      productType = value;
      return this;
    }

    Altered circuit(String value) {
      circuit = value;
      return this;
    }

    Altered partial(String codes) {
      partial = Optional.of(codes);
      return this;
    }

    Altered devices(List<Device> value) {
      devices = value;
      return this;
    }

    Altered title(String value) {
      title = value;
      return this;
    }

    Altered severity(Severity value) {
      severity = value;
      return this;
    }

    Altered process(String value) {
      process = value;
      return this;
    }

    Altered errorText(String value) {
      errorText = value;
      return this;
    }

    Altered evidence(Optional<String> value) {
      evidence = value;
      return this;
    }

    Alert alert() {
      return new Alert(
          base.key(),
          base.environment(),
          productType,
          base.productName(),
          new CircuitId(circuit),
          base.resourceId(),
          devices,
          base.orchState(),
          base.defectCode(),
          title,
          base.category(),
          severity,
          process,
          errorText,
          base.source(),
          base.telemetryTraceId(),
          base.orchestrationTraceId(),
          evidence,
          base.occurredAt(),
          base.seenAt(),
          partial);
    }
  }

  private Alerts() {}
}
