package io.orchscope.step;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;

/** Under which span something is owed to a room, so that its sending can be seen there. */
final class Sender {

  /** W3C {@code traceparent} of the span that is current; empty where nothing is traced. */
  static String current() {
    SpanContext current = Span.current().getSpanContext();
    return current.isValid()
        ? "00-%s-%s-%s"
            .formatted(current.getTraceId(), current.getSpanId(), current.getTraceFlags().asHex())
        : "";
  }

  private Sender() {}
}
