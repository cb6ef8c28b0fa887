package io.orchscope.step;

import io.orchscope.remote.ProxyFaultException;
import io.orchscope.remote.RemoteSystem;
import io.orchscope.topology.TopologyReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpEndpoint;
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
final class RemoteSpanDecorator extends AbstractHttpSpanDecorator {

  private static final String STATUS = "." + Exchange.HTTP_RESPONSE_CODE;

  /** What every call of an endpoint has in common; worked out once, since calls are many. */
  record Address(RemoteSystem system, String method, String host, int port, String path) {}

  private static final String CALL = "orchscope.call";

  /** A call that is under way. */
  private record Call(Address address, String template, long begun) {}

  private final String scheme;
  private final RemoteCalls calls;
  private final Map<String, Address> addresses = new ConcurrentHashMap<>();

  RemoteSpanDecorator(String scheme, RemoteCalls calls) {
    this.scheme = scheme;
    this.calls = calls;
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
      calls.called(call.address(), call.template(), result(exchange, status, error), seconds);
    }
  }

  private static RemoteCalls.Result result(Exchange exchange, int status, String error) {
    Exception failure = exchange.getException();
    boolean explainsItself =
        failure instanceof HttpOperationFailedException refused
            && refused.getResponseBody() != null
            && TopologyReader.explainsItself(
                refused.getResponseBody().getBytes(StandardCharsets.UTF_8));
    String trouble =
        failure instanceof ProxyFaultException proxy ? String.valueOf(proxy.getMessage()) : error;
    return new RemoteCalls.Result(status, error, trouble, explainsItself);
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
    return addresses.computeIfAbsent(endpoint.getEndpointUri(), uri -> address(uri, endpoint));
  }

  private Address address(String uri, Endpoint endpoint) {
    URI base = URI.create(endpoint.getEndpointBaseUri());
    String method =
        List.of("POST", "PUT", "DELETE").stream()
            .filter(word -> uri.contains("httpMethod=" + word))
            .findFirst()
            .orElse("GET");
    RemoteSystem system =
        endpoint instanceof HttpEndpoint http
                && http.getHttpClientConfigurer() instanceof RemoteSystem.Caller caller
            ? caller.system()
            : calls.unknown();
    return new Address(
        system,
        method,
        String.valueOf(base.getHost()),
        base.getPort(),
        String.valueOf(base.getPath()));
  }

  /** Ids, tokens and secret paths out. */
  private static String template(Exchange exchange, Address address) {
    String below = exchange.getMessage().getHeader(Exchange.HTTP_PATH, "", String.class);
    return address.system().name().template(address.path(), below);
  }
}
