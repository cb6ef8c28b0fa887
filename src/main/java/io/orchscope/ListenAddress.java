package io.orchscope;

import io.orchscope.http.LocalNames;
import io.orchscope.settings.InvalidFileException;
import io.orchscope.settings.Settings;
import io.orchscope.telemetry.MetricsPage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the process listens, as {@code observe.listen} or {@code console.listen} says. */
record ListenAddress(String host, int port) {

  private static final String KEY = "observe.listen";
  private static final String CONSOLE = "console.listen";

  /**
   * The page of metrics, open; none when it is off.
   *
   * <p>Errors: {@link InvalidFileException} when somebody else listens there.
   */
  static Optional<MetricsPage> metricsPage(Settings settings) {
    Optional<ListenAddress> address = of(settings, KEY);
    if (address.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          MetricsPage.open(
              new InetSocketAddress(address.get().host(), address.get().port()), names(settings)));
    } catch (IOException | IllegalArgumentException taken) {
      throw new InvalidFileException(
          "config/application.properties",
          KEY,
          "nobody can listen at " + settings.text(KEY) + ": " + taken.getMessage(),
          "Give a free port, or set OBSERVE_LISTEN=off.");
    }
  }

  private static LocalNames names(Settings settings) {
    List<String> names = new ArrayList<>(List.of(settings.text("observe.names").split("[, ]+")));
    of(settings, KEY).ifPresent(address -> names.add(address.host()));
    return new LocalNames(names);
  }

  /** Errors: {@link InvalidFileException} when somebody else listens at the page's address. */
  static void requireFree(Settings settings) {
    Optional<ListenAddress> address = console(settings);
    if (address.isEmpty()) {
      return;
    }
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(address.get().host, address.get().port));
    } catch (IOException taken) {
      throw new InvalidFileException(
          "config/application.properties",
          CONSOLE,
          "nobody can listen at " + settings.text(CONSOLE) + ": " + taken.getMessage(),
          "Give a free port, or set CONSOLE_LISTEN=off.");
    }
  }

  /** Where the operators' page is; none when it is off. */
  static Optional<ListenAddress> console(Settings settings) {
    return of(settings, CONSOLE);
  }

  /** Whether only this machine reaches it. */
  boolean isLoopback() {
    return host.matches("localhost|127(\\.[0-9]{1,3}){3}|::1");
  }

  /** What a setting says; none when it is off, or empty. */
  static Optional<ListenAddress> of(Settings settings, String key) {
    String address = settings.text(key);
    if (address.isEmpty() || address.equals("off")) {
      return Optional.empty();
    }
    int colon = address.lastIndexOf(':');
    return Optional.of(
        new ListenAddress(
            address.substring(0, colon).replaceAll("[\\[\\]]", ""),
            Integer.parseInt(address.substring(colon + 1))));
  }
}
