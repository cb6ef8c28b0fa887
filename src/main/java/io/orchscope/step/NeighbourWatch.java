package io.orchscope.step;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.orchscope.telemetry.Signals;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

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
  private final Optional<URI> beorn;
  private final NeighbourHealth mdsoHealth;
  private final NeighbourHealth beornHealth;
  private final NeighbourHealth webexHealth;

  /** Shape: MDSO and Beorn are known by host and port; whoever else is called is Webex. */
  public NeighbourWatch(Signals signals, URI mdso, Optional<URI> beorn, Clock clock) {
    this.signals = signals;
    this.mdso = mdso;
    this.beorn = beorn;
    this.beornHealth = new NeighbourHealth(clock);
    this.mdsoHealth = new NeighbourHealth(clock);
    this.webexHealth = new NeighbourHealth(clock);
  }

  public NeighbourHealth mdso() {
    return mdsoHealth;
  }

  public NeighbourHealth beorn() {
    return beornHealth;
  }

  public NeighbourHealth webex() {
    return webexHealth;
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
    if (isAt(mdso, address)) {
      mdsoHealth.called(trouble(status, error, true));
      signals.mdsoCalled(template, status > 0 ? String.valueOf(status) : "none");
    } else if (beorn.filter(it -> isAt(it, address)).isPresent()) {
      // What Beorn does not know of a circuit it says with a status of 500 and above.
      beornHealth.called(status == 0 ? error : "");
    } else if (status == 401) {
      webexHealth.refused(trouble(status, error, false));
    } else if (status / 100 != 2) {
      webexHealth.called(trouble(status, error, false));
    }
    // A 2xx of Webex counts when its body was read: it may be the login page of a proxy.
  }

  /**
   * A question that is refused is an answer, unless it is refused because of who asks. What Webex
   * forbids is about one room; a token of MDSO that has ended is followed by another.
   */
  private static String trouble(int status, String error, boolean isMdso) {
    if (status == 0) {
      return error;
    }
    boolean forbidden = status == 403 && isMdso;
    boolean answers = status < 500 && status != 401 && !forbidden && status != 429;
    return answers ? "" : "HTTP " + status;
  }

  /** An address without a port means the usual one, whoever wrote it out. */
  private static boolean isAt(URI neighbour, NeighbourSpanDecorator.Address address) {
    int usual = "https".equals(neighbour.getScheme()) ? 443 : 80;
    int port = address.port() > 0 ? address.port() : usual;
    return address.host().equals(neighbour.getHost())
        && port == (neighbour.getPort() > 0 ? neighbour.getPort() : usual);
  }
}
