package io.orchscope.step;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.tracing.SpanAdapter;
import org.apache.camel.tracing.decorators.DirectSpanDecorator;
import org.apache.camel.tracing.decorators.SedaSpanDecorator;

/**
 * Endpoints whose sending makes no span of its own, because the step that sends has one already.
 *
 * <p>Of the receiving route they say its id alone: Camel of 4.18.0 would clean the endpoint's
 * address of secrets anew for each message, of which a circuit makes five.
 */
final class QuietDecorators {

  /** A queue in memory; a poll sends to it once per circuit. */
  static final class Seda extends SedaSpanDecorator {

    @Override
    public boolean newSpan() {
      return false;
    }

    @Override
    public void pre(SpanAdapter span, Exchange exchange, Endpoint endpoint) {
      describe(span, exchange, "camel-seda");
    }
  }

  /** A call from route to route. */
  static final class Direct extends DirectSpanDecorator {

    @Override
    public boolean newSpan() {
      return false;
    }

    @Override
    public void pre(SpanAdapter span, Exchange exchange, Endpoint endpoint) {
      describe(span, exchange, "camel-direct");
    }
  }

  private static void describe(SpanAdapter span, Exchange exchange, String component) {
    if (!(span instanceof Enclosed)) {
      span.setComponent(component);
      span.setTag("camel.route", exchange.getFromRouteId());
    }
  }

  private QuietDecorators() {}
}
