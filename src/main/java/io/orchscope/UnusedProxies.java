package io.orchscope;

import io.orchscope.remote.RemoteSystem;
import io.orchscope.remote.RemoteSystems;
import io.orchscope.settings.Clocks;
import io.orchscope.settings.Settings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proxies that the environment or the JVM names and that Orchscope does not use.
 *
 * <p>A proxy is a setting of each remote system. What other programs take from {@code https_proxy}
 * is not taken over without a word, and neither is it passed over without one.
 */
final class UnusedProxies {

  private static final Logger log = LoggerFactory.getLogger(UnusedProxies.class);

  /**
   * A remote system that is called directly although a proxy is named elsewhere.
   *
   * @param source the variable or property, without its value, which may hold a password
   * @param key the setting that decides
   */
  record Unused(String system, String source, String key) {}

  /** Warns of each, once. */
  static void warn(Settings settings, Map<String, String> environment, Properties properties) {
    for (Unused unused : of(settings, environment, properties)) {
      log.warn(
          "{} is called directly: {} names a proxy, which Orchscope does not use by itself."
              + " Set the proxy in the setting, or none to connect directly without this warning."
              + " setting={}",
          unused.system(),
          unused.source(),
          unused.key());
    }
  }

  static List<Unused> of(
      Settings settings, Map<String, String> environment, Properties properties) {
    List<Unused> unused = new ArrayList<>();
    for (RemoteSystem system : new RemoteSystems(settings, Clocks.ofThisMachine()).configured()) {
      URI address = system.address().orElseThrow();
      String key = system.name().proxyKey();
      if (settings.text(key).isEmpty() && !isLoopback(address)) {
        source(address, environment, properties)
            .ifPresent(source -> unused.add(new Unused(system.title(), source, key)));
      }
    }
    return unused;
  }

  private static Optional<String> source(
      URI address, Map<String, String> environment, Properties properties) {
    String scheme = String.valueOf(address.getScheme());
    Optional<String> variable =
        isExcepted(String.valueOf(address.getHost()), environment)
            ? Optional.empty()
            : Stream.of(scheme + "_proxy", "all_proxy")
                .flatMap(name -> Stream.of(name, name.toUpperCase(Locale.ROOT)))
                .filter(name -> !environment.getOrDefault(name, "").isBlank())
                .findFirst();
    String property = scheme + ".proxyHost";
    return variable.or(
        () ->
            Optional.of("the Java property " + property)
                .filter(it -> !properties.getProperty(property, "").isBlank()));
  }

  private static boolean isExcepted(String host, Map<String, String> environment) {
    String list = environment.getOrDefault("no_proxy", environment.getOrDefault("NO_PROXY", ""));
    return Stream.of(list.split("[,\\s]+", -1))
        .map(entry -> entry.replaceFirst("^\\*?\\.", ""))
        .filter(entry -> !entry.isEmpty())
        .anyMatch(entry -> entry.equals("*") || host.equals(entry) || host.endsWith("." + entry));
  }

  private static boolean isLoopback(URI address) {
    return String.valueOf(address.getHost()).matches("localhost|127\\..*|\\[::1\\]");
  }

  private UnusedProxies() {}
}
