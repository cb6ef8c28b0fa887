package io.orchscope;

import io.orchscope.settings.Redaction;
import io.orchscope.settings.Secret;
import io.orchscope.settings.Settings;
import java.util.Map;

/**
 * Who is told from time to time that all is well, and raises the alarm when that stops. Nobody else
 * notices that this process has ended.
 *
 * @param url of {@code watch.ping-url}; empty for nobody
 * @param isPolling whether polls are made by their schedule, so that there is something to vouch
 *     for
 */
record Watchdog(String url, boolean isPolling) {

  static Watchdog of(Settings settings) {
    return new Watchdog(settings.text("watch.ping-url"), settings.flag("poll.by-schedule"));
  }

  private boolean isThere() {
    return !url.isEmpty() && isPolling;
  }

  /** What the route calls it; a route that does not start still needs an address. */
  Map<String, String> placeholders() {
    String options =
        "httpMethod=GET&headerFilterStrategy=#outgoingHeaders&skipResponseHeaders=true";
    String endpoint = url + (url.contains("?") ? "&" : "?") + options;
    return Map.of(
        "watch.pings",
        String.valueOf(isThere()),
        "watch.ping-endpoint",
        isThere() ? endpoint : "log:nobody");
  }

  /** Keeps the address out of what is written down. */
  void hide(Redaction redaction) {
    redaction.hide(new Secret(url));
  }
}
