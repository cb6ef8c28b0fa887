package io.orchscope;

import io.orchscope.remote.FailedCall;
import io.orchscope.remote.OutgoingProxy;
import io.orchscope.remote.ProxyFaultException;
import io.orchscope.remote.RemoteSystem;
import io.orchscope.step.Faults;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * HTTP client of one remote system: its limits, its proxy, and its name on every failure.
 *
 * <p>An endpoint of a route names it by {@code httpClientConfigurer}, so that two systems at one
 * address, or at addresses of which one begins like the other, are never mixed up.
 *
 * <p>Errors: a fault of the proxy is a {@link ProxyFaultException}. Through a tunnel that is every
 * answer before the tunnel is open. Where plain HTTP is passed on, the proxy is blamed for a 407,
 * for a page of HTML from a system that speaks JSON, for an answer that carries a proxy's own
 * header, and for a gateway error that is not JSON.
 */
record RemoteClient(RemoteSystem system, ReplyLimits limits)
    implements HttpClientConfigurer, RemoteSystem.Caller {

  /** Attribute of a call that has got past the proxy. */
  private static final String IS_PAST_PROXY = "orchscope.is-past-proxy";

  @Override
  public void configureHttpClient(HttpClientBuilder client) {
    limits.configureHttpClient(client);
    client.addExecInterceptorFirst("orchscope-remote-system", this::ask);
    system.proxy().ifPresent(proxy -> configure(client, proxy));
  }

  private static void configure(HttpClientBuilder client, OutgoingProxy proxy) {
    HttpHost host = new HttpHost("http", proxy.host(), proxy.port());
    client.setProxy(host);
    client.addExecInterceptorLast(
        "orchscope-past-proxy",
        (request, scope, chain) -> {
          scope.clientContext.setAttribute(IS_PAST_PROXY, true);
          return chain.proceed(request, scope);
        });
    if (!proxy.user().isEmpty()) {
      BasicCredentialsProvider credentials = new BasicCredentialsProvider();
      credentials.setCredentials(
          new AuthScope(host),
          new UsernamePasswordCredentials(proxy.user(), proxy.password().reveal().toCharArray()));
      client.setDefaultCredentialsProvider(credentials);
    }
  }

  private ClassicHttpResponse ask(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    scope.clientContext.removeAttribute(IS_PAST_PROXY);
    try {
      ClassicHttpResponse response = chain.proceed(request, scope);
      Optional<String> fault = faultOfProxy(scope, response);
      if (fault.isPresent()) {
        response.close();
        throw new ProxyFaultException(system, system.proxy().orElseThrow(), fault.get());
      }
      response.removeHeaders(Faults.SYSTEM_HEADER);
      response.setHeader(Faults.SYSTEM_HEADER, system.name().name());
      if (response.getEntity() != null) {
        response.setEntity(new NotedReply(response.getEntity(), system));
      }
      return response;
    } catch (IOException | HttpException failed) {
      throw noted(failed, scope);
    }
  }

  /** What the proxy has answered in place of the system; nothing where the system answered. */
  private Optional<String> faultOfProxy(ExecChain.Scope scope, ClassicHttpResponse response) {
    if (system.proxy().isEmpty()) {
      return Optional.empty();
    }
    int status = response.getCode();
    if (scope.route.isTunnelled()) {
      return isPastProxy(scope)
          ? Optional.empty()
          : Optional.of("answered CONNECT with HTTP " + status);
    }
    String type =
        response.getFirstHeader("Content-Type") == null
            ? ""
            : response.getFirstHeader("Content-Type").getValue().toLowerCase(Locale.ROOT);
    boolean isGatewayError = status == 502 || status == 503 || status == 504;
    boolean namesAProxy =
        Stream.of("X-Squid-Error", "Proxy-Status", "Proxy-Authenticate")
            .anyMatch(header -> response.getFirstHeader(header) != null);
    if (status == 407 || (isGatewayError && !type.contains("json"))) {
      return Optional.of("answered with HTTP " + status);
    }
    if (status >= 400 && namesAProxy) {
      return Optional.of("answered with HTTP " + status);
    }
    return system.name().speaksJson() && type.startsWith("text/html")
        ? Optional.of("answered with HTTP " + status + " and a page of HTML")
        : Optional.empty();
  }

  /**
   * Before the proxy is passed, a failure is its own; but not a certificate, which the system shows
   * through the tunnel, and not a pool of ours that is exhausted.
   */
  private IOException noted(Exception failed, ExecChain.Scope scope) throws HttpException {
    boolean isOfProxy =
        system.proxy().isPresent()
            && !isPastProxy(scope)
            && !(failed instanceof SSLException)
            && !(failed instanceof ConnectionRequestTimeoutException)
            && !(failed instanceof ProxyFaultException);
    if (isOfProxy) {
      failed = new ProxyFaultException(system, system.proxy().get(), failed);
    }
    FailedCall.note(failed, system);
    if (failed instanceof HttpException violation) {
      throw violation;
    }
    return failed instanceof IOException fault ? fault : new IOException(failed);
  }

  private static boolean isPastProxy(ExecChain.Scope scope) {
    return Boolean.TRUE.equals(scope.clientContext.getAttribute(IS_PAST_PROXY));
  }

  @Override
  public String toString() {
    return "client of " + system.title();
  }

  /** Answer whose reading may fail, too. */
  private static final class NotedReply extends HttpEntityWrapper {

    private final RemoteSystem system;

    NotedReply(HttpEntity reply, RemoteSystem system) {
      super(reply);
      this.system = system;
    }

    @Override
    public InputStream getContent() throws IOException {
      return new FilterInputStream(super.getContent()) {
        @Override
        public int read() throws IOException {
          try {
            return in.read();
          } catch (IOException broken) {
            FailedCall.note(broken, system);
            throw broken;
          }
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
          try {
            return in.read(bytes, from, length);
          } catch (IOException broken) {
            FailedCall.note(broken, system);
            throw broken;
          }
        }
      };
    }
  }
}
