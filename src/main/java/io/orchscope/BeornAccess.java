package io.orchscope;

import io.orchscope.settings.Settings;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Where Beorn is asked which devices carry a circuit.
 *
 * @param url without a path; none where nobody is to be asked
 * @param path of its topologies
 */
record BeornAccess(Optional<URI> url, String path) {

  static BeornAccess of(Settings settings) {
    String url = settings.text("beorn.url").replaceFirst("/+$", "");
    return new BeornAccess(
        url.isEmpty() ? Optional.empty() : Optional.of(URI.create(url)),
        settings.text("beorn.path"));
  }

  /** What the route calls it; a route that nobody asks still needs an address. */
  Map<String, String> placeholders() {
    return Map.of("beorn.address", url.map(URI::toString).orElse("http://localhost:1"));
  }
}
