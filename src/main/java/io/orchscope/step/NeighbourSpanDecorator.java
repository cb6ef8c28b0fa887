package io.orchscope.step;

import java.net.URI;
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

  /** What every call of an endpoint has in common; worked out once, since calls are many. */
  private record Address(String method, String host, int port, String path) {}

  private final String scheme;
  private final Map<String, Address> addresses = new ConcurrentHashMap<>();

  NeighbourSpanDecorator(String scheme) {
    this.scheme = scheme;
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
    span.setTag("http.request.method", address.method());
    span.setTag("url.template", template(exchange, address));
    span.setTag("server.address", address.host());
    if (address.port() > 0) {
      span.setTag("server.port", address.port());
    }
  }

  @Override
  public void post(SpanAdapter span, Exchange exchange, Endpoint endpoint) {
    if (exchange.getException() instanceof HttpOperationFailedException refused) {
      span.setTag("http.response.status_code", refused.getStatusCode());
      span.setTag("error.type", String.valueOf(refused.getStatusCode()));
      span.setError(true);
    } else if (exchange.getException() != null) {
      span.setTag("error.type", exchange.getException().getClass().getName());
      span.setError(true);
    } else {
      Integer status = status(exchange);
      if (status > 0) {
        span.setTag("http.response.status_code", status);
      }
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
        uri.contains("httpMethod=POST")
            ? "POST"
            : uri.contains("httpMethod=DELETE") ? "DELETE" : "GET";
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
            : below);
  }
}
