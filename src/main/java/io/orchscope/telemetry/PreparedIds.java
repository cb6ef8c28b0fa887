package io.orchscope.telemetry;

import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.function.Supplier;

/**
 * Gives the next span of a thread the ids that were prepared for it. For a provider of its own:
 * nobody else's span may ask here.
 */
final class PreparedIds implements IdGenerator {

  private record Ids(String traceId, String spanId) {}

  /** Of this generator alone, and emptied after each span. */
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<Ids> next = new ThreadLocal<>();

  /** What the work answers, in which one span is started. */
  <T> T with(String traceId, String spanId, Supplier<T> work) {
    next.set(new Ids(traceId, spanId));
    try {
      return work.get();
    } finally {
      next.remove();
    }
  }

  @Override
  public String generateTraceId() {
    return prepared().traceId();
  }

  @Override
  public String generateSpanId() {
    return prepared().spanId();
  }

  private Ids prepared() {
    Ids ids = next.get();
    if (ids == null) {
      throw new IllegalStateException("A span was started for which no ids were prepared.");
    }
    return ids;
  }
}
