package io.orchscope.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * An event of the contract: on the span that is current, and as a log record with an event name.
 *
 * <p>Both from one call, so that they cannot disagree. The logger is named {@code orchscope.events}
 * and goes to the file and by OTLP, not to the terminal.
 */
final class EventLog {

  private static final Logger log = LoggerFactory.getLogger("orchscope.events");

  /** Says that something has happened. */
  void say(String event, String sentence, Attributes attributes) {
    Span.current().addEvent(event, attributes);
    LoggingEventBuilder line = log.atInfo().addKeyValue("event.name", event);
    for (Map.Entry<AttributeKey<?>, Object> attribute : attributes.asMap().entrySet()) {
      line = line.addKeyValue(attribute.getKey().getKey(), attribute.getValue());
    }
    line.log(sentence);
  }
}
