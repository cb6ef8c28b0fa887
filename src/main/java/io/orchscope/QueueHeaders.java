package io.orchscope;

import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;

/**
 * What a circuit takes along to another process: which one it is, its poll, and the context of its
 * trace. A token never does.
 */
final class QueueHeaders implements HeaderFilterStrategy {

  private static final Set<String> ALLOWED =
      Set.of("poll-id", "resource-id", "traceparent", "tracestate", "baggage");

  @Override
  public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
    return !ALLOWED.contains(name.toLowerCase(Locale.ROOT));
  }

  @Override
  public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
    return !ALLOWED.contains(name.toLowerCase(Locale.ROOT));
  }
}
