package io.orchscope.cli;

import io.orchscope.simulator.LogHost;
import io.orchscope.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How to reach the hosts and devices of a simulator: files such as an operator would write, and the
 * settings that name them.
 */
final class SimulatedHosts {

  /** What the shipped rules call devices that do not answer. */
  private static final List<String> UNREACHABLE =
      List.of("DE-1000", "DE-1001", "DE-1003", "DE-1005", "DE-1011", "DE-1014");

  private final Simulator simulator;
  private final Path folder;

  /**
   * Writes nothing yet.
   *
   * @param folder for the files
   */
  SimulatedHosts(Simulator simulator, Path folder) {
    this.simulator = simulator;
    this.folder = folder.toAbsolutePath();
  }

  /** Writes the files; answers with the settings. None where nothing is simulated. */
  Map<String, String> settings() throws IOException {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("beorn.url", simulator.beornUrl().toString());
    Files.createDirectories(folder);
    if (!simulator.logHosts().isEmpty()) {
      settings.put("logs.hosts-file", write("log-hosts.yaml", hosts()));
    }
    if (!simulator.deviceAddresses().isEmpty()) {
      settings.put("devices.addresses", write("devices.txt", devices()));
      settings.put("devices.username", simulator.credentials().username());
      settings.put("devices.password", simulator.credentials().password());
      settings.put("devices.known-hosts", folder.resolve("devices.known_hosts").toString());
      settings.put("error-tests.file", write("error-tests.yaml", tests()));
    }
    return settings;
  }

  private String hosts() {
    return "hosts:\n"
        + simulator.logHosts().stream().map(this::host).collect(Collectors.joining("\n"))
        + "\n";
  }

  private String host(LogHost host) {
    return "  - name: %s\n    ssh: { host: %s, port: %d, user: %s, key: %s, known-hosts: %s }"
        .formatted(
            host.name(),
            host.host(),
            host.port(),
            simulator.credentials().username(),
            simulator.sshKey().orElseThrow(),
            simulator.knownHosts().orElseThrow());
  }

  private String devices() {
    return simulator.deviceAddresses().entrySet().stream()
        .map(device -> device.getKey() + " = " + device.getValue() + "\n")
        .collect(Collectors.joining());
  }

  /** In a simulated network nobody minds that devices are tried out. */
  private static String tests() {
    return "tests:\n"
        + "  - { name: connectivity, test: connectivity, products: all, codes: [%s] }\n"
            .formatted(String.join(", ", UNREACHABLE))
        + "  - { name: commit-errors, test: commit-errors, products: all, codes: all }\n";
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
