package io.orchscope.trace;

import io.orchscope.circuit.CircuitId;
import io.orchscope.circuit.Device;
import io.orchscope.circuit.Disconnect;
import io.orchscope.circuit.ErrorEntryRule;
import io.orchscope.circuit.OrchState;
import io.orchscope.circuit.Product;
import io.orchscope.circuit.Resource;
import io.orchscope.circuit.ResourceId;
import io.orchscope.circuit.Tid;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The resources, products and replies that the tests of this package speak of. */
final class TraceSamples {

  static final String ID = "6b1d0c2e-0000-11ee-9000-0000000000aa";
  static final String CIRCUIT = "80.L1XX.000001..TEST";

  private static final Instant CREATED = Instant.parse("2024-03-01T14:06:19.623Z");

  private TraceSamples() {}

  static byte[] fixture(String name) {
    try (InputStream stream = TraceSamples.class.getResourceAsStream("/trace/" + name)) {
      return Objects.requireNonNull(stream, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Optional<OrchestrationTrace> newestOf(String fixture) {
    return TraceSearch.of(resource(ID, CIRCUIT), true).read(fixture(fixture)).newest();
  }

  static Resource resource(String id, String circuit) {
    return resource(id, circuit, "", List.of());
  }

  static Resource resource(String reason, List<Device> devices) {
    return resource(ID, CIRCUIT, reason, devices);
  }

  private static Resource resource(String id, String circuit, String reason, List<Device> devices) {
    return new Resource(
        new ResourceId(id),
        "service_mapper",
        circuit,
        new CircuitId(circuit),
        OrchState.ACTIVE,
        reason,
        7,
        CREATED,
        CREATED,
        devices);
  }

  static Device end(String tid, Disconnect disconnect) {
    return new Device(new Tid(tid), Optional.empty(), Optional.of(disconnect));
  }

  static Product product(ErrorEntryRule rule) {
    return new Product(
        "service_mapper",
        "ServiceMapper",
        "charter.resourceTypes.ServiceMapper",
        List.of(),
        List.of(),
        true,
        rule,
        "");
  }

  static OrchestrationTrace trace(List<TraceEntry> entries) {
    return new OrchestrationTrace(
        "t", "", "", "", "", "", Optional.empty(), Optional.empty(), entries, new byte[0]);
  }
}
