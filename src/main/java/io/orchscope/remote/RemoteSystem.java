package io.orchscope.remote;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A system that Orchscope calls over HTTP.
 *
 * <p>An endpoint of a route names its system by the option {@code httpClientConfigurer}; addresses
 * are never compared, because several systems may be reached at one address.
 *
 * @param address empty where the system is not configured
 * @param proxy the outgoing proxy through which it is called; empty for a direct connection
 * @param gate closed while the system asks not to be called
 * @param health what the last calls came to
 */
public record RemoteSystem(
    Name name,
    Optional<URI> address,
    Optional<OutgoingProxy> proxy,
    RetryAfterGate gate,
    RemoteHealth health) {

  /** Which system it is, and what follows from that alone. */
  public enum Name {
    MDSO("MDSO", "mdso.proxy"),
    BEORN("Beorn", "beorn.proxy"),
    WEBEX("Webex", "webex.proxy"),
    WATCHDOG("watchdog", "watch.proxy"),
    /** An endpoint that names no system; it has neither a health check nor a proxy. */
    UNKNOWN("unknown system", "");

    private static final Pattern TOKEN = Pattern.compile("/tokens/.+");
    private static final Pattern RESOURCE = Pattern.compile("/resources/[^/]+/dependencies");

    /** Segments that look like an id; a metric must not have a value per id. */
    private static final Pattern ID = Pattern.compile("/(?=[^/]*\\d{3}|[^/]{40})[^/]+");

    private final String title;
    private final String proxyKey;

    Name(String title, String proxyKey) {
      this.title = title;
      this.proxyKey = proxyKey;
    }

    /** The name in messages. */
    public String title() {
      return title;
    }

    /** The setting that names its proxy. */
    public String proxyKey() {
      return proxyKey;
    }

    /** Whether the address may be shown: the watchdog's path is a secret. */
    public boolean showsItsAddress() {
      return this != WATCHDOG && this != UNKNOWN;
    }

    /** Whether every answer is JSON, so that an HTML page comes from something in between. */
    public boolean speaksJson() {
      return showsItsAddress();
    }

    /**
     * Path of a call without ids and secrets, for metrics and spans.
     *
     * @param fixed path of the endpoint
     * @param below path that the call adds
     */
    public String template(String fixed, String below) {
      return switch (this) {
        case MDSO -> fixed + ofMdso(below);
        case BEORN, WEBEX -> fixed + ID.matcher(below).replaceAll("/{id}");
        case WATCHDOG -> "/{secret}";
        case UNKNOWN -> "/{path}";
      };
    }

    /** A token stands in the path that deletes it. */
    private static String ofMdso(String below) {
      if (below.contains("/tokens/")) {
        return TOKEN.matcher(below).replaceFirst("/tokens/{token}");
      }
      return below.endsWith("/dependencies")
          ? RESOURCE.matcher(below).replaceFirst("/resources/{id}/dependencies")
          : ID.matcher(below).replaceAll("/{id}");
    }
  }

  /** What calls one system; the HTTP client of an endpoint is one. */
  public interface Caller {
    RemoteSystem system();
  }

  public String title() {
    return name.title();
  }

  /** The name alone: an address may be a secret. */
  @Override
  public String toString() {
    return title();
  }
}
