package io.orchscope.step;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.tracing.SpanAdapter;
import org.apache.camel.tracing.SpanKind;
import org.apache.camel.tracing.decorators.AbstractHttpSpanDecorator;

/**
 * A call of a neighbour in the words of the HTTP semantic conventions: named by method and path
 * template, with the status of the answer, without an id, a query or a token.
 *
 * <p>The stock decorator of 4.18.0 finds no status where the answer goes into a variable.
 */
final class NeighbourSpanDecorator extends AbstractHttpSpanDecorator {

  private static final String STATUS = "." + Exchange.HTTP_RESPONSE_CODE;

  private static final Pattern TOKEN = Pattern.compile("/tokens/.+");
  private static final Pattern RESOURCE = Pattern.compile("/resources/[^/]+/dependencies");

  /** Whatever else looks like an id; a template must not be something that can be made up. */
  private static final Pattern ID = Pattern.compile("/(?=[^/]*\\d{3}|[^/]{40})[^/]+");

  /** What every call of an endpoint has in common; worked out once, since calls are many. */
  record Address(String method, String host, int port, String path) {}

  private static final String CALL = "orchscope.call";

  /** A call that is under way. */
  private record Call(Address address, String template, long begun) {}

  private final String scheme;
  private final NeighbourWatch watch;
  private final Map<String, Address> addresses = new ConcurrentHashMap<>();

  NeighbourSpanDecorator(String scheme, NeighbourWatch watch) {
    this.scheme = scheme;
    this.watch = watch;
  }

  @Override
  public String getComponent() {
    return scheme;
  }

  @Override
  public String getComponentClassName() {
    return "org.apache.camel.component.http.HttpComponent";
  }

  @Override
  public SpanKind getInitiatorSpanKind() {
    return SpanKind.SPAN_KIND_CLIENT;
  }

  @Override
  public String getOperationName(Exchange exchange, Endpoint endpoint) {
    Address address = address(endpoint);
    return address.method() + " " + template(exchange, address);
  }

  @Override
  public void pre(SpanAdapter span, Exchange exchange, Endpoint endpoint) {
    Address address = address(endpoint);
    String template = template(exchange, address);
    exchange.setProperty(CALL, new Call(address, template, System.nanoTime()));
    if (span instanceof Enclosed) {
      return;
    }
    span.setTag("http.request.method", address.method());
    span.setTag("url.template", template);
    span.setTag("server.address", address.host());
    if (address.port() > 0) {
      span.setTag("server.port", address.port());
    }
  }

  @Override
  public void post(SpanAdapter span, Exchange exchange, Endpoint endpoint) {
    int status = 0;
    String error = "";
    if (exchange.getException() instanceof HttpOperationFailedException refused) {
      status = refused.getStatusCode();
      error = String.valueOf(status);
    } else if (exchange.getException() != null) {
      error = exchange.getException().getClass().getName();
    } else {
      status = status(exchange);
    }
    if (!(span instanceof Enclosed)) {
      tell(span, status, error);
    }
    if (exchange.removeProperty(CALL) instanceof Call call) {
      double seconds = (System.nanoTime() - call.begun()) / 1e9;
      watch.called(call.address(), call.template(), status, error, seconds);
    }
  }

  private static void tell(SpanAdapter span, int status, String error) {
    if (status > 0) {
      span.setTag("http.response.status_code", status);
    }
    if (!error.isEmpty()) {
      span.setTag("error.type", error);
      span.setError(true);
    }
  }

  private static int status(Exchange exchange) {
    Integer onMessage = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    if (onMessage != null) {
      return onMessage;
    }
    for (Map.Entry<String, Object> variable : exchange.getVariables().entrySet()) {
      if (variable.getKey().endsWith(STATUS) && variable.getValue() instanceof Integer status) {
        return status;
      }
    }
    return 0;
  }

  private Address address(Endpoint endpoint) {
    return addresses.computeIfAbsent(
        endpoint.getEndpointUri(), uri -> address(uri, URI.create(endpoint.getEndpointBaseUri())));
  }

  private static Address address(String uri, URI base) {
    String method =
        List.of("POST", "PUT", "DELETE").stream()
            .filter(word -> uri.contains("httpMethod=" + word))
            .findFirst()
            .orElse("GET");
    return new Address(
        method, String.valueOf(base.getHost()), base.getPort(), String.valueOf(base.getPath()));
  }

  /** Ids and tokens out: a token stands in the path that deletes it. */
  private static String template(Exchange exchange, Address address) {
    String below = exchange.getMessage().getHeader(Exchange.HTTP_PATH, "", String.class);
    if (below.contains("/tokens/")) {
      return address.path() + TOKEN.matcher(below).replaceFirst("/tokens/{token}");
    }
    return address.path()
        + (below.endsWith("/dependencies")
            ? RESOURCE.matcher(below).replaceFirst("/resources/{id}/dependencies")
            : ID.matcher(below).replaceAll("/{id}"));
  }
}
