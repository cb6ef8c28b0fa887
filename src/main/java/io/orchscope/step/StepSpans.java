package io.orchscope.step;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.apache.camel.tracing.ActiveSpanManager;
import org.apache.camel.tracing.SpanAdapter;

/** Puts a span around each step of a route that has an id of its own. */
final class StepSpans implements InterceptStrategy {

  private static final AttributeKey<String> COMPONENT = AttributeKey.stringKey("component");
  private static final AttributeKey<String> STEP = AttributeKey.stringKey("camel.step.id");
  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("camel.route");

  private final StepTracer tracer;
  private final Tracing tracing;

  StepSpans(StepTracer tracer, Tracing tracing) {
    this.tracer = tracer;
    this.tracing = tracing;
  }

  @Override
  public Processor wrapProcessorInInterceptors(
      CamelContext context, NamedNode node, Processor target, Processor next) {
    boolean named =
        node instanceof OptionalIdentifiedDefinition<?> step && step.hasCustomIdAssigned();
    if (!named || tracing.untracedSteps().contains(node.getId())) {
      return new Untraced(target);
    }
    return new Step(target, node.getId(), node.getShortName(), CamelContextHelper.getRouteId(node));
  }

  /** A step without a span: the one around it is current while it runs. */
  private static final class Untraced extends DelegateAsyncProcessor {

    Untraced(Processor target) {
      super(target);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
      SpanAdapter around = ActiveSpanManager.getSpan(exchange);
      return around == null
          ? processor.process(exchange, callback)
          : under(around, exchange, callback, processor);
    }
  }

  /** Runs a step under the span that is there already. */
  private static boolean under(
      SpanAdapter around, Exchange exchange, AsyncCallback callback, AsyncProcessor step) {
    Context before = Context.current();
    if (Span.current().getSpanContext().getSpanId().equals(around.spanId())) {
      return step.process(exchange, callback);
    }
    try (Scope scope = StepTracer.contextOf(exchange, around).makeCurrent()) {
      return step.process(exchange, callback);
    } finally {
      restore(before);
    }
  }

  private final class Step extends DelegateAsyncProcessor {

    private final String id;
    private final String component;
    private final String routeId;

    Step(Processor target, String id, String kind, String routeId) {
      super(target);
      this.id = id;
      this.component = "camel-" + kind;
      this.routeId = routeId;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
      SpanAdapter parent = ActiveSpanManager.getSpan(exchange);
      if (parent == null) {
        return processor.process(exchange, callback);
      }
      if (!StepTracer.mayShow(exchange, id)) {
        return under(parent, exchange, callback, processor);
      }
      Context before = Context.current();
      SpanAdapter span = tracer.startStep(exchange, id, parent);
      // Being active, the span is current; what travels with the exchange is not.
      try (Scope scope = Travelling.in(exchange, Context.current()).makeCurrent()) {
        Span current = Span.current();
        current.setAttribute(COMPONENT, component);
        current.setAttribute(STEP, id);
        current.setAttribute(ROUTE, routeId);
        Throwable carried = exchange.getException();
        return processor.process(
            exchange,
            doneSync -> {
              noteFailure(current, exchange, carried);
              tracer.endStep(exchange, span);
              callback.done(doneSync);
            });
      } finally {
        restore(before);
      }
    }

    /** Only a failure of this step; one that was there before belongs to an earlier step. */
    private void noteFailure(Span span, Exchange exchange, Throwable carried) {
      Throwable failure = exchange.getException();
      if (failure == null || failure == carried) {
        return;
      }
      String type = failure.getClass().getName();
      StringWriter stack = new StringWriter();
      failure.printStackTrace(new PrintWriter(stack));
      span.addEvent(
          "exception",
          Attributes.builder()
              .put("exception.type", type)
              .put(
                  "exception.message",
                  tracer.redaction().mask(String.valueOf(failure.getMessage())))
              .put("exception.stacktrace", tracer.redaction().mask(stack.toString()))
              .build());
      span.setAttribute("error.type", type);
      span.setStatus(StatusCode.ERROR);
    }
  }

  /**
   * Whatever hops happened inside, the thread goes back as it came. A scope cannot do that: it
   * closes only what is still on top.
   */
  @SuppressWarnings("MustBeClosedChecker")
  private static void restore(Context before) {
    if (Context.current() != before) {
      before.makeCurrent();
    }
  }
}
