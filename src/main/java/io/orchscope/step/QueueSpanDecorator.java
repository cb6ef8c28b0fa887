package io.orchscope.step;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.tracing.SpanAdapter;
import org.apache.camel.tracing.SpanKind;
import org.apache.camel.tracing.decorators.KafkaSpanDecorator;

/** A circuit that goes through Kafka, in the words of OpenTelemetry's messaging conventions. */
final class QueueSpanDecorator extends KafkaSpanDecorator {

  @Override
  public String getOperationName(Exchange exchange, Endpoint endpoint) {
    return "send " + getDestination(exchange, endpoint);
  }

  @Override
  public void pre(SpanAdapter span, Exchange exchange, Endpoint endpoint) {
    if (span instanceof Enclosed) {
      return;
    }
    boolean received = endpoint.equals(exchange.getFromEndpoint());
    span.setComponent("camel-kafka");
    span.setTag("camel.route", exchange.getFromRouteId());
    span.setTag("messaging.system", "kafka");
    span.setTag("messaging.operation.type", received ? "process" : "send");
    span.setTag("messaging.destination.name", getDestination(exchange, endpoint));
    if (received) {
      tag(span, "messaging.destination.partition.id", exchange, KafkaConstants.PARTITION);
      tag(span, "messaging.kafka.offset", exchange, KafkaConstants.OFFSET);
    }
  }

  @Override
  public SpanKind getReceiverSpanKind() {
    return SpanKind.CONSUMER;
  }

  private static void tag(SpanAdapter span, String name, Exchange exchange, String header) {
    String value = exchange.getMessage().getHeader(header, String.class);
    if (value != null) {
      span.setTag(name, value);
    }
  }
}
