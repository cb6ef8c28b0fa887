package io.orchscope.hostlog;

import io.orchscope.settings.Clocks;
import io.orchscope.settings.Secret;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The hosts of MDSO, asked for what they have logged about a circuit. Safe for any number of
 * threads; each host has one connection, and what was read for one circuit serves the next.
 *
 * <p>Errors: what a host does wrong is a {@link LogGap}, never an exception, so that the others are
 * asked; a host that failed is not asked again for {@link HostLimits#pause}.
 */
public final class LogHosts implements Closeable {

  /** Of the heap, for what is remembered of what logs mention, on all hosts together. */
  private static final int INDEX_SHARE = 4;

  /** Blocks of logs in memory: 16 MB. */
  private static final int BLOCKS = 512;

  private final LogPlaces places;
  private final HostLimits limits;
  private final Map<String, Asked> hosts = new LinkedHashMap<>();

  /**
   * Connects to nobody yet.
   *
   * @param keyPassphrase of the private keys; empty for none
   * @param agentSocket what {@code SSH_AUTH_SOCK} names, if it is set
   * @param fetch the way to MDSO's log archive
   */
  public LogHosts(
      LogPlaces places,
      HostLimits limits,
      Secret keyPassphrase,
      Optional<Path> agentSocket,
      Fetch fetch,
      Clocks clocks) {
    this.places = places;
    this.limits = limits;
    SshClients clients = new SshClients(limits, keyPassphrase, agentSocket);
    LogIndex index = new LogIndex(Runtime.getRuntime().maxMemory() / INDEX_SHARE);
    BlockCache cache = new BlockCache(BLOCKS);
    for (LogHost host : places.hosts()) {
      HostCounters counters = new HostCounters();
      Setback setback = new Setback(host.name(), limits.pause(), clocks.steady());
      HostFiles files;
      if (host.access() instanceof LogHost.Ssh ssh) {
        files = new SftpFiles(new SshConnection(clients, ssh, limits, counters, setback), counters);
      } else if (host.access() instanceof LogHost.Mounted mounted) {
        files = new MountedFiles(mounted.root(), counters);
      } else {
        files = new ArchiveFiles(fetch, limits, counters, setback, clocks);
      }
      Folders folders = new Folders(host.name(), files, limits.fresh(), clocks);
      HostLogs logs = new HostLogs(host.name(), files, folders, index, cache);
      hosts.put(host.name(), new Asked(logs, counters));
    }
  }

  /** Whom there is to ask; none where no logs are collected. */
  public List<String> names() {
    return List.copyOf(hosts.keySet());
  }

  /**
   * The logs of plan scripts that belong to one orchestration, on one host.
   *
   * @param host one of {@link #names}
   * @param budget reading what is found draws on it, too
   */
  public LogSearch planLogs(String host, PlanLogsWanted wanted, LogBudget budget) {
    return new PlanSearch(logs(host), places.planLogs(), wanted, budget).search();
  }

  /**
   * What a resource adapter logged about one device, on one host: the records that mention it, one
   * log for each file that has any.
   *
   * @param host one of {@link #names}
   */
  public LogSearch raLogs(String host, RaLogsWanted wanted, LogBudget budget) {
    return new RaSearch(logs(host), places.raLogs(), wanted, budget, limits.excerptBytes())
        .search();
  }

  /** What has been asked of each host since the start. */
  public List<HostFigures> figures() {
    return hosts.entrySet().stream()
        .map(host -> host.getValue().counters().figures(host.getKey()))
        .toList();
  }

  /** Ends all connections; whoever still reads sees them break off. */
  @Override
  public void close() {
    hosts.values().forEach(host -> host.logs().files().close());
  }

  private HostLogs logs(String host) {
    Asked asked = hosts.get(host);
    if (asked == null) {
      throw new IllegalArgumentException("No host of logs is called '" + host + "'");
    }
    return asked.logs();
  }

  private record Asked(HostLogs logs, HostCounters counters) {}
}
