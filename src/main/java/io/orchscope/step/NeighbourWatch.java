package io.orchscope.step;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.orchscope.telemetry.Signals;
import java.net.URI;

/**
 * Counts and times the calls of neighbours, each attempt by itself, whether or not it has a span.
 */
public final class NeighbourWatch {

  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<String> TEMPLATE = AttributeKey.stringKey("url.template");
  private static final AttributeKey<String> HOST = AttributeKey.stringKey("server.address");
  private static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

  private final Signals signals;
  private final URI mdso;

  /** Shape: MDSO is known by host and port. */
  public NeighbourWatch(Signals signals, URI mdso) {
    this.signals = signals;
    this.mdso = mdso;
  }

  /**
   * Takes note of a call.
   *
   * @param template path without ids
   * @param status 0 when there was no answer
   * @param error empty when all was well
   */
  void called(
      NeighbourSpanDecorator.Address address,
      String template,
      int status,
      String error,
      double seconds) {
    AttributesBuilder semantic =
        Attributes.builder()
            .put(METHOD, address.method())
            .put(TEMPLATE, template)
            .put(HOST, address.host());
    if (address.port() > 0) {
      semantic.put(PORT, (long) address.port());
    }
    if (status > 0) {
      semantic.put(STATUS, (long) status);
    }
    if (!error.isEmpty()) {
      semantic.put(ERROR, error);
    }
    signals.neighbourCalled(seconds, semantic.build());
    if (address.host().equals(mdso.getHost()) && isPortOfMdso(address.port())) {
      signals.mdsoCalled(template, status > 0 ? String.valueOf(status) : "none");
    }
  }

  /** An address without a port means the usual one, whoever wrote it out. */
  private boolean isPortOfMdso(int port) {
    int usual = "https".equals(mdso.getScheme()) ? 443 : 80;
    return (port > 0 ? port : usual) == (mdso.getPort() > 0 ? mdso.getPort() : usual);
  }
}
