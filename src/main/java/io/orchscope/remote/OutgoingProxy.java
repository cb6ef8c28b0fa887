package io.orchscope.remote;

import io.orchscope.settings.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * HTTP proxy between Orchscope and a remote system.
 *
 * @param user empty where the proxy asks for no credentials
 */
public record OutgoingProxy(String host, int port, String user, Secret password) {

  private static final int USUAL_PORT = 3128;

  /** Not by {@link java.net.URI}, which finds no host in {@code squid_proxy}. */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?:http://)?(?:([^\\s:@/]+)@)?([\\w.-]+|\\[[0-9a-fA-F:.]+\\])(?::([0-9]{1,5}))?/?");

  private static final Pattern ENCODED = Pattern.compile("(?:[^%]|%[0-9a-fA-F]{2})*");

  /**
   * The proxy that a setting names; none for an empty value and for {@code none}.
   *
   * <p>Errors: {@link IllegalArgumentException} for any other value.
   *
   * @param setting {@code host:port} or {@code http://user@host:port}
   */
  public static Optional<OutgoingProxy> of(String setting, Secret password) {
    if (setting.isEmpty() || setting.equals("none")) {
      return Optional.empty();
    }
    Matcher address = ADDRESS.matcher(setting);
    if (!address.matches()) {
      throw new IllegalArgumentException("A setting does not name a proxy.");
    }
    String user = address.group(1) == null ? "" : decoded(address.group(1));
    int port = address.group(3) == null ? USUAL_PORT : Integer.parseInt(address.group(3));
    return Optional.of(new OutgoingProxy(address.group(2), port, user, password));
  }

  private static String decoded(String user) {
    return ENCODED.matcher(user).matches()
        ? URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8)
        : user;
  }

  /** Host and port, for messages. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
