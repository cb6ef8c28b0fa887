package io.orchscope.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.core.JsonGenerator;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import java.io.IOException;
import java.util.Map;
import net.logstash.logback.composite.AbstractJsonProvider;

/**
 * Puts onto a JSON log line where it was written: {@code trace_id}, {@code span_id}, and inside a
 * circuit {@code circuit_id}, {@code resource_id}, {@code tid}, {@code management_ip}.
 *
 * <p>Named in config/logback.xml. Reads what is current on the thread that writes, so the appender
 * must not be an asynchronous one.
 */
public final class CircuitFields extends AbstractJsonProvider<ILoggingEvent> {

  private static final String PREFIX = "mdso.";

  @Override
  public void writeTo(JsonGenerator line, ILoggingEvent event) throws IOException {
    SpanContext span = Span.current().getSpanContext();
    if (span.isValid()) {
      line.writeStringField("trace_id", span.getTraceId());
      line.writeStringField("span_id", span.getSpanId());
    }
    for (Map.Entry<String, String> field : CircuitContext.fieldsOf(Context.current()).entrySet()) {
      line.writeStringField(field.getKey().substring(PREFIX.length()), field.getValue());
    }
  }
}
