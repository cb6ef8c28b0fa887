package io.orchscope.otlp;

import io.opentelemetry.api.common.Attributes;
import java.util.Map;

/**
 * A log record as it came over the wire.
 *
 * <p>Shape: ids in lower-case hexadecimal, empty when the record belongs to no span. Units:
 * nanoseconds since 1970.
 *
 * @param eventName empty for a line of a log
 * @param severity the number of OpenTelemetry: 9 is INFO, 13 WARN, 17 ERROR
 * @param body as text, whatever its type
 * @param resource who sent it
 * @param scope name of the logger
 */
public record ReceivedLog(
    long nanos,
    long observedNanos,
    String eventName,
    int severity,
    String severityText,
    String body,
    Attributes attributes,
    String traceId,
    String spanId,
    Attributes resource,
    String scope) {

  /** The attributes with their values as text, whatever their type. */
  public Map<String, String> texts() {
    return ReceivedSpan.texts(attributes);
  }
}
