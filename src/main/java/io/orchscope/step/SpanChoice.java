package io.orchscope.step;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.support.EndpointHelper;
import org.apache.camel.support.RoutePolicySupport;
import org.apache.camel.tracing.SpanDecorator;
import org.apache.camel.tracing.decorators.AbstractSpanDecorator;

/**
 * Decorator of the spans of each endpoint, and the routes that have no spans, each decided once.
 *
 * <p>Camel's tracer of 4.18.0 compiles every exclude pattern again for each event of each exchange,
 * and at the begin and the end of each route. It is therefore given no patterns.
 */
final class SpanChoice {

  /** Endpoints beyond these are decided each time; no route as shipped has so many. */
  private static final int REMEMBERED = 1_000;

  private static final SpanDecorator UNTRACED = new Untraced();

  private final Set<String> untraced;
  private final Map<String, SpanDecorator> own = new ConcurrentHashMap<>();
  private final Map<String, SpanDecorator> decided = new ConcurrentHashMap<>();

  /**
   * Of these decorators and those of Camel.
   *
   * @param untraced patterns of endpoints without spans
   */
  SpanChoice(Set<String> untraced, List<SpanDecorator> own) {
    this.untraced = untraced;
    own.forEach(decorator -> this.own.put(decorator.getComponent(), decorator));
  }

  /** The decorator of an endpoint's spans; one that makes none for an untraced endpoint. */
  SpanDecorator of(Endpoint endpoint, Function<Endpoint, SpanDecorator> stock) {
    String uri = endpoint.getEndpointUri();
    SpanDecorator known = decided.get(uri);
    if (known != null) {
      return known;
    }
    SpanDecorator chosen =
        isUntraced(endpoint)
            ? UNTRACED
            : own.getOrDefault(
                uri.substring(0, Math.max(0, uri.indexOf(':'))), stock.apply(endpoint));
    if (decided.size() < REMEMBERED) {
      decided.put(uri, chosen);
    }
    return chosen;
  }

  /** The stock policy of a route, asked only where the route has spans. */
  RoutePolicy policy(RoutePolicy stock) {
    return new TracedRoute(stock);
  }

  private boolean isUntraced(Endpoint endpoint) {
    return untraced.stream()
        .anyMatch(
            pattern ->
                EndpointHelper.matchEndpoint(
                    endpoint.getCamelContext(), endpoint.getEndpointUri(), pattern));
  }

  /** Of one route, whose endpoint stays the same. */
  private final class TracedRoute extends RoutePolicySupport {

    private final RoutePolicy stock;
    private volatile boolean isTraced;

    TracedRoute(RoutePolicy stock) {
      this.stock = stock;
    }

    @Override
    public void onInit(Route route) {
      super.onInit(route);
      isTraced = !isUntraced(route.getEndpoint());
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
      if (isTraced) {
        stock.onExchangeBegin(route, exchange);
      }
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
      if (isTraced) {
        stock.onExchangeDone(route, exchange);
      }
    }
  }

  /** For messages sent to an untraced endpoint. */
  private static final class Untraced extends AbstractSpanDecorator {

    @Override
    public boolean newSpan() {
      return false;
    }

    @Override
    public String getComponent() {
      return "untraced";
    }

    @Override
    public String getComponentClassName() {
      return "untraced";
    }
  }
}
