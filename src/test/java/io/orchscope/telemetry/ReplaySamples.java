package io.orchscope.telemetry;

import io.opentelemetry.api.trace.SpanContext;
import io.orchscope.circuit.CircuitId;
import io.orchscope.circuit.Device;
import io.orchscope.circuit.Disconnect;
import io.orchscope.circuit.OrchState;
import io.orchscope.circuit.Product;
import io.orchscope.circuit.Resource;
import io.orchscope.circuit.ResourceId;
import io.orchscope.circuit.Tid;
import io.orchscope.defect.DefectClassifier;
import io.orchscope.defect.FailureCodes;
import io.orchscope.defect.RulesFile;
import io.orchscope.settings.ProductsFile;
import io.orchscope.trace.NormalisedError;
import io.orchscope.trace.Orchestration;
import io.orchscope.trace.TraceLogFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Orchestrations as MDSO records them, with the rules and products as shipped. */
public final class ReplaySamples {

  /** Of the orchestration that fails in a nested check. */
  static final String TRACE_ID = "2e1511759d94770682f1b931349e0d09";

  private static final Path FOLDER = Path.of("src/test/resources/io/orchscope/orchestrations");
  private static final Instant CREATED = Instant.parse("2024-03-01T14:06:19.623Z");

  private ReplaySamples() {}

  /** A TraceLog, byte for byte. */
  public static byte[] traceLog(String name) {
    try {
      return Files.readAllBytes(FOLDER.resolve(name + ".json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Orchestration orchestration(String name) {
    return Orchestration.of(TraceLogFile.read(traceLog(name)).orElseThrow()).orElseThrow();
  }

  static Replay replay(String name, Optional<SpanContext> circuit) {
    Replay.Origin origin = origin(name, circuit);
    Orchestration orchestration = orchestration(name);
    return new Replay(
        orchestration,
        origin,
        FailureCodes.of(
            orchestration,
            origin.product(),
            origin.resource(),
            classifier(),
            io.orchscope.trace.TimeBudget.of(io.orchscope.trace.TimeBudget.USUAL)));
  }

  /** A failed resource of the product that the name begins with. */
  public static Replay.Origin origin(String name, Optional<SpanContext> circuit) {
    Product product =
        ProductsFile.read(Path.of("config/products.yaml"))
            .ofType(
                name.startsWith("partial-disconnect")
                    ? "disconnect_mapper"
                    : name.startsWith("network-service") ? "network_service" : "service_mapper");
    return new Replay.Origin(product, resource(product), true, circuit);
  }

  /** The rules as shipped. */
  public static DefectClassifier classifier() {
    return new DefectClassifier(
        RulesFile.read(Path.of("config/defect-rules.yaml")),
        error -> NormalisedError.of(error).text());
  }

  private static Resource resource(Product product) {
    return new Resource(
        new ResourceId("6b1d0c2e-0000-11ee-9000-0000000000aa"),
        product.type(),
        "80.L1XX.000001..TEST",
        new CircuitId("80.L1XX.000001..TEST"),
        OrchState.FAILED,
        "",
        7,
        CREATED,
        CREATED,
        List.of(
            new Device(new Tid("ABCDTXAB1ZW"), Optional.empty(), Optional.of(Disconnect.PARTIAL)),
            new Device(new Tid("ABCDTXAB2ZW"), Optional.empty(), Optional.of(Disconnect.FULL))));
  }
}
