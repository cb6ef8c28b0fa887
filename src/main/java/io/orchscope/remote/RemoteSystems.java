package io.orchscope.remote;

import io.orchscope.settings.Clocks;
import io.orchscope.settings.Settings;
import java.net.URI;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** All remote systems, by name. */
public final class RemoteSystems {

  private final Map<RemoteSystem.Name, RemoteSystem> systems =
      new EnumMap<>(RemoteSystem.Name.class);

  /** The systems that the settings describe; each has a gate and a health record of its own. */
  public RemoteSystems(Settings settings, Clocks clocks) {
    for (RemoteSystem.Name name : RemoteSystem.Name.values()) {
      systems.put(
          name,
          new RemoteSystem(
              name,
              address(name, settings),
              proxy(name, settings),
              new RetryAfterGate(clocks.steady()),
              new RemoteHealth(clocks.wall())));
    }
  }

  public RemoteSystem get(RemoteSystem.Name name) {
    RemoteSystem system = systems.get(name);
    if (system == null) {
      throw new IllegalArgumentException("There is no remote system " + name + ".");
    }
    return system;
  }

  public RemoteSystem mdso() {
    return get(RemoteSystem.Name.MDSO);
  }

  public RemoteSystem beorn() {
    return get(RemoteSystem.Name.BEORN);
  }

  public RemoteSystem webex() {
    return get(RemoteSystem.Name.WEBEX);
  }

  public RemoteSystem watchdog() {
    return get(RemoteSystem.Name.WATCHDOG);
  }

  /** What an endpoint calls that names no system. */
  public RemoteSystem unknown() {
    return get(RemoteSystem.Name.UNKNOWN);
  }

  /** The system with the name of the enum constant, in any case. */
  public Optional<RemoteSystem> named(String name) {
    return systems.values().stream()
        .filter(system -> system.name().name().equals(name.toUpperCase(Locale.ROOT)))
        .findFirst();
  }

  /** The systems that have an address. */
  public Iterable<RemoteSystem> configured() {
    return systems.values().stream().filter(system -> system.address().isPresent()).toList();
  }

  private static Optional<URI> address(RemoteSystem.Name name, Settings settings) {
    String text =
        switch (name) {
          case MDSO -> settings.text("mdso.url");
          case BEORN -> settings.text("beorn.url");
          case WEBEX ->
              settings.text("alerts.channel").equals("webex") ? settings.text("webex.url") : "";
          case WATCHDOG -> settings.text("watch.ping-url");
          case UNKNOWN -> "";
        };
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(URI.create(text));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static Optional<OutgoingProxy> proxy(RemoteSystem.Name name, Settings settings) {
    String key = name.proxyKey();
    return key.isEmpty()
        ? Optional.empty()
        : OutgoingProxy.of(settings.text(key), settings.secret(key + "-password"));
  }
}
