package io.orchscope.step;

import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.context.Context;
import io.orchscope.telemetry.CircuitContext;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.opentelemetry.OpenTelemetrySpanAdapter;
import org.apache.camel.tracing.ActiveSpanManager;

/**
 * What travels with an exchange, across splits and queues: baggage, and which circuit it is about.
 */
final class Travelling {

  private static final String BAGGAGE = "orchscope.baggage";
  private static final String CIRCUIT = "orchscope.circuit";

  /** What travels with an exchange, across splits and queues. */
  static Baggage baggage(Exchange exchange) {
    Baggage baggage = exchange.getProperty(BAGGAGE, Baggage.class);
    return baggage == null ? Baggage.empty() : baggage;
  }

  /** Puts in place what another process has sent, once it has been checked. */
  static void replace(Exchange exchange, Baggage allowed) {
    exchange.setProperty(BAGGAGE, allowed);
  }

  /** Says which circuit an exchange is about from here on, for its log lines. */
  static void putCircuit(Exchange exchange, CircuitContext circuit) {
    exchange.setProperty(CIRCUIT, circuit);
  }

  /** The context with what travels with an exchange. */
  static Context in(Exchange exchange, Context context) {
    Context laden = context.with(baggage(exchange));
    CircuitContext circuit = exchange.getProperty(CIRCUIT, CircuitContext.class);
    return circuit == null ? laden : circuit.in(laden);
  }

  /** Adds to what travels with an exchange from here on; what is not allowed stays behind. */
  static void putBaggage(Exchange exchange, String key, String value) {
    Optional<String> allowed = AllowedBaggage.allowed(key, value);
    if (allowed.isEmpty()) {
      return;
    }
    Baggage grown = baggage(exchange).toBuilder().put(key, allowed.get()).build();
    exchange.setProperty(BAGGAGE, grown);
    if (Enclosed.innermost(ActiveSpanManager.getSpan(exchange))
        instanceof OpenTelemetrySpanAdapter active) {
      active.setBaggage(grown);
    }
  }

  private Travelling() {}
}
