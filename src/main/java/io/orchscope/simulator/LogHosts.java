package io.orchscope.simulator;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The hosts on which MDSO logs; without any, nothing is started and no key is made. */
final class LogHosts implements AutoCloseable {

  private static final String ROOT = "/opt/ciena/bp2/";

  private final SimulatorOptions options;
  private final Inventory inventory;
  private final PlanLogs planLogs;
  private final PlanLogWriter writer;
  private final RaLogs raLogs;
  private final Counters counters;
  private final List<LogHostServer> servers = new ArrayList<>();
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private Optional<SshKeys> keys = Optional.empty();

  /** Starts nothing yet. */
  LogHosts(
      Inventory inventory,
      NetworkFunctions functions,
      SimulatorOptions options,
      Counters counters) {
    this.options = options;
    this.inventory = inventory;
    this.counters = counters;
    int hosts = Math.max(1, options.logHosts());
    this.planLogs = new PlanLogs(inventory, hosts);
    this.writer = new PlanLogWriter(inventory, planLogs);
    this.raLogs =
        new RaLogs(inventory, functions, hosts, options.logBytes() / Adapter.values().length);
  }

  /**
   * Starts as many as the options say.
   *
   * @param port of the first one; the others take those after it. 0 means free ports
   */
  void start(Credentials credentials, int port) {
    if (options.logHosts() == 0) {
      return;
    }
    SshKeys made = new SshKeys(credentials.username(), options.sshFolder());
    keys = Optional.of(made);
    for (int host = 0; host < options.logHosts(); host++) {
      servers.add(
          new LogHostServer(
              "loghost-" + (host + 1),
              port == 0 ? 0 : port + host,
              made,
              disk(host),
              counters,
              commands::add));
    }
    made.know(servers);
  }

  /** The archive of the same plan logs, where MDSO has one. */
  Optional<LogArchiveApi> archive() {
    return options.logArchive()
        ? Optional.of(new LogArchiveApi(inventory, planLogs, writer))
        : Optional.empty();
  }

  List<LogHost> hosts() {
    return servers.stream().map(LogHostServer::host).toList();
  }

  Optional<Path> key() {
    return keys.map(SshKeys::key);
  }

  Optional<Path> knownHosts() {
    return keys.map(SshKeys::knownHosts);
  }

  /** What somebody wanted to run, with the host before it, oldest first. */
  List<String> commands() {
    return List.copyOf(commands);
  }

  /** From now on these go wrong, by the hosts' names; nothing does with the others. */
  void setFaults(Map<String, LogHostFaults> faults) {
    for (LogHostServer server : servers) {
      server.setFaults(faults.getOrDefault(server.host().name(), LogHostFaults.none()));
    }
  }

  @Override
  public void close() {
    servers.forEach(LogHostServer::close);
    keys.ifPresent(SshKeys::close);
  }

  private HostDisk disk(int host) {
    Map<String, HostFolder> folders = new LinkedHashMap<>();
    for (int number = 0; number < PlanLogs.FOLDERS; number++) {
      HostFolder logs = new PlanLogFolder(planLogs, writer, host, number);
      folders.put(
          ROOT + "scriptplan-" + (number + 1) + "/log/plan-log",
          options.hostileLogs() && number == 0 ? new HostileFolder(logs, inventory) : logs);
    }
    for (Adapter adapter : Adapter.values()) {
      folders.put(ROOT + adapter.folder + "-1/log", raLogs.folder(host, adapter));
    }
    if (options.hostileLogs()) {
      folders.put("/etc", HostileFolder.outside(inventory));
    }
    Instant start = inventory.start();
    return new HostDisk(start, folders);
  }
}
