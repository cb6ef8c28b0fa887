package io.orchscope.step;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.opentelemetry.OpenTelemetryTracer;
import org.apache.camel.opentelemetry.SpanCustomizer;
import org.apache.camel.opentelemetry.propagators.OpenTelemetryGetter;
import org.apache.camel.tracing.ExtractAdapter;
import org.apache.camel.tracing.SpanDecorator;

/** Cuts a new trace off the one it came from, and leaves a link. */
final class RootLink implements SpanCustomizer {

  /** The property that holds where the exchange came from, until its root is made. */
  static final String FROM = "orchscope.link";

  private static final Attributes POLL =
      Attributes.of(AttributeKey.stringKey("mdso.link.type"), "poll");

  /** The span that sent an exchange from another process, as its headers tell. */
  static Optional<SpanContext> sender(
      OpenTelemetryTracer tracer, SpanDecorator decorator, Exchange exchange) {
    ExtractAdapter headers =
        decorator.getExtractAdapter(exchange.getIn().getHeaders(), tracer.isEncoding());
    Context sent =
        tracer
            .getContextPropagators()
            .getTextMapPropagator()
            .extract(Context.root(), headers, new OpenTelemetryGetter(headers));
    return Optional.of(Span.fromContext(sent).getSpanContext()).filter(SpanContext::isValid);
  }

  @Override
  public void customize(SpanBuilder builder, String operation, Exchange exchange) {
    builder.setNoParent().addLink((SpanContext) exchange.removeProperty(FROM), POLL);
  }

  @Override
  public boolean isEnabled(String operation, Exchange exchange) {
    return exchange.getProperty(FROM) != null;
  }
}
