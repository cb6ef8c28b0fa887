package io.orchscope;

import io.orchscope.step.MdsoCalls;
import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;

/**
 * Lets three headers out to a neighbour and none in: trace context, baggage and Camel's own stay
 * here. A fourth goes as far as {@link ReplyLimits}.
 */
final class OutgoingHeaders implements HeaderFilterStrategy {

  private static final Set<String> ALLOWED =
      Set.of("authorization", "content-type", "accept", MdsoCalls.CIRCUIT.toLowerCase(Locale.ROOT));

  @Override
  public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
    return !ALLOWED.contains(name.toLowerCase(Locale.ROOT));
  }

  @Override
  public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
    return true;
  }
}
