package io.orchscope.step;

import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.orchscope.settings.Redaction;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.NamedNode;
import org.apache.camel.opentelemetry.OpenTelemetrySpanAdapter;
import org.apache.camel.opentelemetry.OpenTelemetryTracer;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.tracing.ActiveSpanManager;
import org.apache.camel.tracing.InjectAdapter;
import org.apache.camel.tracing.SpanAdapter;
import org.apache.camel.tracing.SpanDecorator;
import org.apache.camel.tracing.SpanKind;
import org.jspecify.annotations.Nullable;

/**
 * camel-opentelemetry with a span for every step that has an id.
 *
 * <p>The stock tracer of 4.18.0 makes spans of endpoints only, and its own strategy for steps
 * merges polls into one trace, blocks asynchronous steps and marks the parent of a failing step
 * (its option {@code traceProcessors} does nothing in Camel Main). Here a step's span is named by
 * the step's id, is current while the step runs, carries the step's failure, and leaves the thread
 * as it was found. A root is named by its route and never adopts what is left on a pooled thread.
 *
 * <p>The only class that knows Camel's tracing interfaces; see {@link StepSpans} for the
 * interceptor.
 */
public final class StepTracer extends OpenTelemetryTracer {

  private static final String ROOT = "orchscope.root-span";
  private static final String REPEATS = "orchscope.repeats";

  private final Tracing tracing;
  private final Redaction redaction;
  private final SpanChoice choice;

  /** Shape: what is called tells its calls to the watch. */
  public StepTracer(Tracing tracing, RemoteCalls watch, Redaction redaction) {
    this.tracing = tracing;
    this.redaction = redaction;
    setTracingStrategy(new StepSpans(this, tracing));
    setSpanCustomizer(new RootLink());
    choice =
        new SpanChoice(
            tracing.untracedEndpoints(),
            List.of(
                new QuietDecorators.Seda(),
                new QuietDecorators.Direct(),
                new QueueSpanDecorator(),
                new RemoteSpanDecorator("http", watch),
                new RemoteSpanDecorator("https", watch)));
  }

  @Override
  public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
    return choice.policy(super.createRoutePolicy(context, routeId, route));
  }

  @Override
  protected SpanDecorator getSpanDecorator(Endpoint endpoint) {
    return choice.of(endpoint, super::getSpanDecorator);
  }

  /**
   * The first span of the trace that an exchange belongs to, while it is on the route that began
   * it.
   */
  public static Optional<Span> rootSpan(Exchange exchange) {
    return Optional.ofNullable(exchange.getProperty(ROOT, Span.class));
  }

  /** Whether a span of this name is shown once more in the trace of an exchange. */
  static boolean mayShow(Exchange exchange, String name) {
    Repeats repeats = exchange.getProperty(REPEATS, Repeats.class);
    return repeats == null || repeats.admits(name);
  }

  @Override
  protected SpanAdapter startSendingEventSpan(
      String operation,
      SpanKind kind,
      @Nullable SpanAdapter parent,
      Exchange exchange,
      InjectAdapter headers) {
    if (parent != null && !mayShow(exchange, operation)) {
      return new Enclosed(parent);
    }
    if (parent == null && exchange.getFromRouteId() != null) {
      // A call on a route that is not traced would begin a trace of one span.
      return new Enclosed(NoSpan.INSTANCE);
    }
    Baggage own = Travelling.baggage(exchange);
    try (Scope scope = own.makeCurrent()) {
      SpanAdapter span =
          super.startSendingEventSpan(
              operation, kind, Enclosed.innermost(parent), exchange, headers);
      ((OpenTelemetrySpanAdapter) span).setBaggage(own);
      return span;
    }
  }

  @Override
  protected SpanAdapter startExchangeBeginSpan(
      Exchange exchange,
      SpanDecorator decorator,
      String operation,
      SpanKind kind,
      @Nullable SpanAdapter parent) {
    if (parent != null && decorator instanceof QuietDecorators.Direct) {
      return new Enclosed(parent);
    }
    boolean begins = begins(exchange, parent);
    if (begins && parent != null) {
      exchange.setProperty(RootLink.FROM, contextOf(parent));
      exchange.removeProperty(ExchangePropertyKey.OTEL_ACTIVE_SPAN);
    }
    if (begins && parent == null && isNewTrace(exchange)) {
      // Out of another process, of which only the headers know.
      RootLink.sender(this, decorator, exchange)
          .ifPresent(sender -> exchange.setProperty(RootLink.FROM, sender));
    }
    Baggage own = Travelling.baggage(exchange);
    Context base = begins ? Context.root() : Context.current();
    try (Scope scope = base.with(own).makeCurrent()) {
      // A decorator comes only with a route's begin; its span is the route, a step brings its own
      // name.
      String name = tracing.name(decorator == null ? operation : exchange.getFromRouteId());
      OpenTelemetrySpanAdapter span =
          (OpenTelemetrySpanAdapter)
              super.startExchangeBeginSpan(
                  exchange, decorator, name, kind, begins ? null : Enclosed.innermost(parent));
      adopt(exchange, own, span);
      if (decorator != null) {
        endWithItsExchange(exchange, decorator, span);
      }
      if (begins) {
        // A root begins without a context that could tell it.
        Travelling.baggage(exchange).forEach((key, entry) -> span.setTag(key, entry.getValue()));
        remember(exchange, span);
      }
      return span;
    }
  }

  @Override
  protected void inject(SpanAdapter span, InjectAdapter headers) {
    SpanAdapter real = Enclosed.innermost(span);
    if (real != null) {
      super.inject(real, headers);
    }
  }

  @Override
  protected void finishSpan(SpanAdapter span) {
    if (!(span instanceof Enclosed)) {
      super.finishSpan(span);
    }
  }

  /** A child of the exchange's active span, for one step; becomes the active one. */
  @SuppressWarnings("NullAway") // neither decorator nor kind: the superclass then makes it INTERNAL
  SpanAdapter startStep(Exchange exchange, String name, SpanAdapter parent) {
    SpanAdapter span = startExchangeBeginSpan(exchange, null, name, null, parent);
    ActiveSpanManager.activate(exchange, span);
    return span;
  }

  void endStep(Exchange exchange, SpanAdapter span) {
    // Left behind by a route that was called and ended while Camel is stopping; see
    // EndWhileStopping.
    while (ActiveSpanManager.getSpan(exchange) instanceof Enclosed left
        && Enclosed.innermost(left) == span) {
      ActiveSpanManager.deactivate(exchange);
    }
    if (ActiveSpanManager.getSpan(exchange) == span) {
      ActiveSpanManager.deactivate(exchange);
    }
    finishSpan(span);
  }

  Redaction redaction() {
    return redaction;
  }

  private void endWithItsExchange(Exchange exchange, SpanDecorator decorator, SpanAdapter span) {
    Runnable end =
        () -> {
          decorator.post(span, exchange, exchange.getFromEndpoint());
          finishSpan(span);
        };
    exchange.getExchangeExtension().addOnCompletion(new EndWhileStopping(end));
  }

  /** Only a route begins a trace: a step always has a parent. */
  private boolean begins(Exchange exchange, @Nullable SpanAdapter parent) {
    if (parent == null) {
      return true;
    }
    boolean atStartOfRoute = exchange.getProperty(ROOT) == null || isNewOnRoute(exchange);
    return atStartOfRoute && isNewTrace(exchange);
  }

  private boolean isNewTrace(Exchange exchange) {
    return tracing.newTraceRoutes().contains(exchange.getFromRouteId());
  }

  /**
   * A queue copies the properties of the exchange, so the root that it carries is of another route.
   */
  private static boolean isNewOnRoute(Exchange exchange) {
    return !exchange.getFromRouteId().equals(exchange.getProperty(ROOT + ".route"));
  }

  private void remember(Exchange exchange, SpanAdapter span) {
    Span root = Span.fromContext(contextOf(exchange, span));
    exchange.setProperty(ROOT, root);
    exchange.setProperty(ROOT + ".route", exchange.getFromRouteId());
    if (isNewTrace(exchange)) {
      exchange.removeProperty(REPEATS);
    } else {
      exchange.setProperty(REPEATS, new Repeats(tracing.repeatsPerStep(), root));
    }
  }

  /**
   * The context in which an exchange works under a span; Camel's adapter hides its span from us.
   */
  static Context contextOf(Exchange exchange, SpanAdapter span) {
    try (AutoCloseable current = span.makeCurrent()) {
      return Travelling.in(exchange, Context.current());
    } catch (Exception impossible) {
      throw new IllegalStateException("A span's scope could not be closed.", impossible);
    }
  }

  private static void adopt(Exchange exchange, Baggage own, OpenTelemetrySpanAdapter span) {
    Baggage brought = span.getBaggage();
    if (own.isEmpty() && brought != null && !brought.isEmpty()) {
      Baggage allowed = AllowedBaggage.of(brought);
      Travelling.replace(exchange, allowed);
      span.setBaggage(allowed);
    } else {
      span.setBaggage(own);
    }
  }

  private static SpanContext contextOf(SpanAdapter span) {
    return SpanContext.create(
        span.traceId(), span.spanId(), TraceFlags.getSampled(), TraceState.getDefault());
  }
}
