package io.orchscope.remote;

import io.orchscope.settings.Secret;
import java.net.URI;
import java.util.Optional;

/**
 * HTTP proxy between Orchscope and a remote system.
 *
 * @param user empty where the proxy asks for no credentials
 */
public record OutgoingProxy(String host, int port, String user, Secret password) {

  private static final int USUAL_PORT = 3128;

  /**
   * The proxy that a setting names; none for an empty value and for {@code none}.
   *
   * @param setting {@code host:port} or {@code http://user@host:port}
   */
  public static Optional<OutgoingProxy> of(String setting, Secret password) {
    if (setting.isEmpty() || setting.equals("none")) {
      return Optional.empty();
    }
    URI address = URI.create(setting.contains("://") ? setting : "http://" + setting);
    String user = address.getUserInfo() == null ? "" : address.getUserInfo();
    int port = address.getPort() > 0 ? address.getPort() : USUAL_PORT;
    return Optional.of(new OutgoingProxy(address.getHost(), port, user, password));
  }

  /** Host and port, for messages. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
