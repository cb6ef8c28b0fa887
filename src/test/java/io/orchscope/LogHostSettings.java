package io.orchscope;

import io.orchscope.simulator.LogHost;
import io.orchscope.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** The simulated hosts on which MDSO logs, in the words of a program's configuration. */
public final class LogHostSettings {

  /**
   * Adds to the settings what it takes to reach them; the file that names them goes to a folder.
   */
  public static Map<String, String> add(
      Map<String, String> settings, Simulator simulator, Path folder) throws IOException {
    Path file = Files.createDirectories(folder).resolve("log-hosts.yaml").toAbsolutePath();
    Files.writeString(
        file,
        simulator.logHosts().stream()
            .map(host -> host(simulator, host))
            .collect(
                Collectors.joining(
                    "", "hosts:" + (simulator.logHosts().isEmpty() ? " []" : "") + "\n", "")));
    settings.put("logs.hosts-file", file.toString());
    settings.put("beorn.url", simulator.beornUrl().toString());
    settings.put("follow-up.look-every", "100ms");
    settings.put("follow-up.first-pause", "1s");
    settings.put("logs.leave-host-alone", "1s");
    settings.put("logs.answer-within", "30s");
    return settings;
  }

  /** Adds what it takes to test every error in one way, with the devices that are simulated. */
  public static Map<String, String> addTests(
      Map<String, String> settings, Simulator simulator, Path folder, String kind)
      throws IOException {
    Path own = Files.createDirectories(folder).toAbsolutePath();
    Files.writeString(
        own.resolve("tests.yaml"),
        "tests:\n  - { name: %s, test: %s, products: all, codes: all }\n".formatted(kind, kind));
    Files.writeString(
        own.resolve("devices.txt"),
        simulator.deviceAddresses().entrySet().stream()
            .map(device -> device.getKey() + " = " + device.getValue() + "\n")
            .collect(Collectors.joining()));
    settings.put("error-tests.file", own.resolve("tests.yaml").toString());
    settings.put("error-tests.longest", "8s");
    settings.put("devices.addresses", own.resolve("devices.txt").toString());
    settings.put("devices.username", simulator.credentials().username());
    settings.put("devices.password", simulator.credentials().password());
    settings.put("devices.known-hosts", own.resolve("devices.known_hosts").toString());
    return settings;
  }

  private static String host(Simulator simulator, LogHost host) {
    return "  - name: %s\n    ssh: { host: %s, port: %d, user: %s, key: %s, known-hosts: %s }\n"
        .formatted(
            host.name(),
            host.host(),
            host.port(),
            simulator.credentials().username(),
            simulator.sshKey().orElseThrow(),
            simulator.knownHosts().orElseThrow());
  }

  private LogHostSettings() {}
}
