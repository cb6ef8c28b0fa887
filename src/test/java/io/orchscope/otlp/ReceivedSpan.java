package io.orchscope.otlp;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A span as it came over the wire.
 *
 * <p>Shape: ids in lower-case hexadecimal. Units: nanoseconds since 1970.
 *
 * @param parentSpanId empty for a root
 * @param resource who sent it: {@code service.name} and the like
 * @param scope name of the instrumentation
 */
public record ReceivedSpan(
    String traceId,
    String spanId,
    String parentSpanId,
    String name,
    SpanKind kind,
    long startNanos,
    long endNanos,
    Attributes attributes,
    List<Event> events,
    List<Link> links,
    StatusCode status,
    String statusDescription,
    Attributes resource,
    String scope) {

  /** Something that happened while the span ran. */
  public record Event(String name, long nanos, Attributes attributes) {}

  /** A span of another trace that this one belongs to. */
  public record Link(String traceId, String spanId, Attributes attributes) {}

  public boolean isRoot() {
    return parentSpanId.isEmpty();
  }

  /** The attributes with their values as text, whatever their type. */
  public Map<String, String> texts() {
    return texts(attributes);
  }

  /** The text of an attribute, whatever its type; empty when there is none. */
  public String text(String name) {
    return texts().getOrDefault(name, "");
  }

  static Map<String, String> texts(Attributes attributes) {
    return attributes.asMap().entrySet().stream()
        .collect(
            Collectors.toMap(
                (Map.Entry<AttributeKey<?>, Object> entry) -> entry.getKey().getKey(),
                entry -> String.valueOf(entry.getValue())));
  }
}
