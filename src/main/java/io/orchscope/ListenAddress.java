package io.orchscope;

import io.orchscope.settings.InvalidFileException;
import io.orchscope.settings.Settings;
import io.orchscope.telemetry.MetricsPage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Where the process can be asked how it is, as {@code observe.listen} says. */
final class ListenAddress {

  private static final String KEY = "observe.listen";

  /**
   * The page of metrics, open; none when it is off.
   *
   * <p>Errors: {@link InvalidFileException} when somebody else listens there.
   */
  static Optional<MetricsPage> metricsPage(Settings settings) {
    String address = settings.text(KEY);
    if (address.isEmpty() || address.equals("off")) {
      return Optional.empty();
    }
    int colon = address.lastIndexOf(':');
    String host = address.substring(0, colon).replaceAll("[\\[\\]]", "");
    int port = Integer.parseInt(address.substring(colon + 1));
    try {
      return Optional.of(MetricsPage.open(new InetSocketAddress(host, port)));
    } catch (IOException | IllegalArgumentException taken) {
      throw new InvalidFileException(
          "config/application.properties",
          KEY,
          "nobody can listen at " + address + ": " + taken.getMessage(),
          "Give a free port, or set OBSERVE_LISTEN=off.");
    }
  }

  private ListenAddress() {}
}
