package io.orchscope.step;

import io.opentelemetry.api.trace.Span;
import io.orchscope.mdso.Poll;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Says on the spans of a poll which poll it is, and lets that travel to its circuits. */
public final class NotePoll implements Processor {

  private final String environment;
  private final String mdsoHost;

  /** Shape: the operator's name for the MDSO, and its host without port or path. */
  public NotePoll(String environment, String mdsoHost) {
    this.environment = environment;
    this.mdsoHost = mdsoHost;
  }

  @Override
  public void process(Exchange exchange) {
    Poll poll = exchange.getMessage().getBody(Poll.class);
    Travelling.putBaggage(exchange, "poll.id", poll.id());
    Travelling.putBaggage(exchange, "product.type", poll.product().type());
    Travelling.putBaggage(exchange, "mdso.server", mdsoHost);
    Travelling.putBaggage(exchange, "time.range", range(poll));
    Travelling.putBaggage(exchange, "environment", environment);
    StepTracer.rootSpan(exchange).ifPresent(root -> note(root, poll));
    note(Span.current(), poll);
  }

  private static void note(Span span, Poll poll) {
    span.setAttribute("mdso.poll.id", poll.id());
    span.setAttribute("mdso.product_type", poll.product().type());
    span.setAttribute("mdso.product_name", poll.product().name());
    span.setAttribute("mdso.time_range", range(poll));
  }

  /** ISO 8601, from/to. */
  private static String range(Poll poll) {
    return poll.since() + "/" + poll.startedAt();
  }
}
