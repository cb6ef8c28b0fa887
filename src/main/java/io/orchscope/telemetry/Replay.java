package io.orchscope.telemetry;

import io.opentelemetry.api.trace.SpanContext;
import io.orchscope.circuit.Product;
import io.orchscope.circuit.Resource;
import io.orchscope.defect.FailureCodes;
import io.orchscope.trace.Orchestration;
import java.util.Optional;

/** An orchestration to be exported, how it was found, and the codes of its failures. */
public record Replay(Orchestration orchestration, Origin origin, FailureCodes codes) {

  /**
   * What led to an orchestration.
   *
   * @param resource whose trace was looked for
   * @param isNewest whether that resource's state is what this attempt left behind
   * @param circuit the root of the trace of our own work on the circuit, if there is one
   */
  public record Origin(
      Product product, Resource resource, boolean isNewest, Optional<SpanContext> circuit) {}
}
