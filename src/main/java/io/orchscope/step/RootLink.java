package io.orchscope.step;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import org.apache.camel.Exchange;
import org.apache.camel.opentelemetry.SpanCustomizer;

/** Cuts a new trace off the one it came from, and leaves a link. */
final class RootLink implements SpanCustomizer {

  /** The property that holds where the exchange came from, until its root is made. */
  static final String FROM = "orchscope.link";

  private static final Attributes POLL =
      Attributes.of(AttributeKey.stringKey("mdso.link.type"), "poll");

  @Override
  public void customize(SpanBuilder builder, String operation, Exchange exchange) {
    builder.setNoParent().addLink((SpanContext) exchange.removeProperty(FROM), POLL);
  }

  @Override
  public boolean isEnabled(String operation, Exchange exchange) {
    return exchange.getProperty(FROM) != null;
  }
}
