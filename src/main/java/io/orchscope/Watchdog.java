package io.orchscope;

import io.orchscope.settings.Redaction;
import io.orchscope.settings.Secret;
import io.orchscope.settings.Settings;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Who is told from time to time that all is well, and raises the alarm when that stops. Nobody else
 * notices that this process has ended.
 *
 * @param url of {@code watch.ping-url}; empty for nobody
 * @param isPolling whether polls are made by their schedule, so that there is something to vouch
 *     for
 */
record Watchdog(String url, boolean isPolling) {

  /** A part of the address as long as this is no ordinary word. */
  private static final int LIKELY_SECRET = 16;

  static Watchdog of(Settings settings) {
    return new Watchdog(settings.text("watch.ping-url"), settings.flag("poll.by-schedule"));
  }

  boolean isThere() {
    return !url.isEmpty() && isPolling;
  }

  /** What the route calls it; a route that does not start still needs an address. */
  Map<String, String> placeholders() {
    String options =
        "httpMethod=GET&headerFilterStrategy=#outgoingHeaders&skipResponseHeaders=true"
            + "&httpClientConfigurer=#watchdog";
    String endpoint = url + (url.contains("?") ? "&" : "?") + options;
    return Map.of(
        "watch.pings",
        String.valueOf(isThere()),
        "watch.ping-endpoint",
        isThere() ? endpoint : "log:nobody");
  }

  /** Keeps the address out of what is written down, whichever part of it is quoted. */
  void hide(Redaction redaction) {
    redaction.hide(new Secret(url));
    try {
      URI address = URI.create(url);
      Stream.of(
              address.getRawPath(),
              address.getPath(),
              address.getRawQuery(),
              address.getQuery(),
              address.getRawUserInfo())
          .filter(Objects::nonNull)
          .forEach(part -> redaction.hide(new Secret(part)));
      Stream.of(url.split("[/?&=#]", -1))
          .filter(part -> part.length() >= LIKELY_SECRET && !part.equals(address.getAuthority()))
          .forEach(part -> redaction.hide(new Secret(part)));
    } catch (IllegalArgumentException malformed) {
      // Hidden as a whole; Camel refuses it at start.
    }
  }
}
