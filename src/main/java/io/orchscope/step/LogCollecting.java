package io.orchscope.step;

import io.orchscope.evidence.Kept;
import io.orchscope.evidence.LogFolder;
import io.orchscope.evidence.LogManifest;
import io.orchscope.evidence.LogRemark;
import io.orchscope.evidence.Verdict;
import io.orchscope.hostlog.FoundLog;
import io.orchscope.hostlog.LogGap;
import io.orchscope.hostlog.LogHosts;
import io.orchscope.hostlog.LogNames;
import io.orchscope.hostlog.LogSearch;
import io.orchscope.hostlog.RaLogsWanted;
import io.orchscope.logtext.Decisive;
import io.orchscope.logtext.LogDigest;
import io.orchscope.logtext.LogReader;
import io.orchscope.logtext.Remark;
import io.orchscope.telemetry.FollowUpSignals;
import io.orchscope.topology.Adapter;
import io.orchscope.topology.Adapters;
import io.orchscope.topology.NetworkFunction;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.Exchange;

/** The steps that fetch logs from hosts, and that read what stands in them. */
public final class LogCollecting {

  /** So much of a log is looked through. Units: bytes. */
  private static final long READ = 64L << 20;

  private static final String NO_ADAPTER =
      "no adapter is known for its vendor; name one under 'adapters' in log-hosts.yaml";

  /** Remarks of one circuit that become log records; the manifest has more. */
  private static final int TOLD = 20;

  private static final List<String> MOST_TELLING =
      Stream.of(Remark.Kind.values()).map(Remark.Kind::word).toList();

  /** A log, and what it says. */
  private record ReadLog(LogManifest.Artifact artifact, List<Remark> remarks) {

    boolean isNamed(String name) {
      return !name.isEmpty() && artifact.path().contains(name);
    }

    Stream<FollowUpSignals.LogLine> lines() {
      String origin = artifact.host() + ":" + artifact.path();
      return remarks.stream()
          .filter(it -> it.kind() != Remark.Kind.ELAPSED && it.kind() != Remark.Kind.WARNING)
          .map(it -> new FollowUpSignals.LogLine(origin, it.line(), it.kind().word(), it.text()));
    }
  }

  private final LogHosts hosts;
  private final Adapters adapters;
  private final FollowUpSignals signals;

  public LogCollecting(LogHosts hosts, Adapters adapters, FollowUpSignals signals) {
    this.hosts = hosts;
    this.adapters = adapters;
    this.signals = signals;
  }

  /** Copies what one host has of the scripts' logs. */
  public void fetchPlanLogs(Exchange exchange) {
    CircuitWork.HostWork share = exchange.getMessage().getBody(CircuitWork.HostWork.class);
    CircuitWork.Collecting collecting = share.work().collecting();
    LogSearch found =
        hosts.planLogs(share.host(), collecting.window().planLogs(), collecting.budget());
    keep(share.work(), found);
  }

  /** Copies what one host has of the adapters' logs about the circuit's devices. */
  public void fetchRaLogs(Exchange exchange) {
    CircuitWork.HostWork share = exchange.getMessage().getBody(CircuitWork.HostWork.class);
    CircuitWork work = share.work();
    for (DeviceLookUp device : work.devices()) {
      wanted(work, device)
          .ifPresent(it -> keep(work, hosts.raLogs(share.host(), it, work.collecting().budget())));
    }
  }

  private void keep(CircuitWork work, LogSearch search) {
    search.gaps().forEach(work::missing);
    LogFolder folder = work.collecting().folder().orElseThrow();
    for (FoundLog log : search.found()) {
      Kept kept = folder.keep(log, work.collecting().budget());
      if (kept.status() != Kept.Status.ALREADY_KEPT) {
        signals.hostLogTaken(work.productType(), kept.status().word(), log.origin().toString());
      }
    }
  }

  /** What an adapter is asked for; none, and a gap, where nobody knows how it names the device. */
  private Optional<RaLogsWanted> wanted(CircuitWork work, DeviceLookUp device) {
    Optional<NetworkFunction> function = device.search().found();
    Optional<Adapter> adapter = adapter(device);
    if (adapter.isEmpty()
        || function.map(NetworkFunction::providerResourceId).orElse("").isEmpty()) {
      return Optional.empty();
    }
    LogWindow window = work.collecting().window();
    return Optional.of(
        new RaLogsWanted(
            device.device().fqdn().orElse(device.device().tid()),
            adapter.get().folder(),
            function.get().providerResourceId(),
            window.from(),
            window.to()));
  }

  private Optional<Adapter> adapter(DeviceLookUp device) {
    return device
        .device()
        .vendor()
        .flatMap(adapters::ofVendor)
        .or(() -> device.search().found().flatMap(it -> adapters.ofType(it.resourceType())));
  }

  /** Looks through what has come, and says which line says most. */
  public void readLogs(Exchange exchange) {
    CircuitWork work = exchange.getMessage().getBody(CircuitWork.class);
    noteUnknownDevices(work);
    if (work.collecting().folder().isEmpty()) {
      return;
    }
    LogFolder folder = work.collecting().folder().get();
    noteWhatNobodyHas(work, folder);
    List<ReadLog> found =
        folder.unread().stream().map(log -> new ReadLog(log, read(folder, log))).toList();
    if (!found.isEmpty()) {
      tell(work, folder, found);
    }
  }

  private static List<Remark> read(LogFolder folder, LogManifest.Artifact artifact) {
    try (InputStream text = folder.open(artifact, READ)) {
      LogDigest digest = LogReader.read(text);
      return digest.remarks();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  private void tell(CircuitWork work, LogFolder folder, List<ReadLog> found) {
    List<Verdict.Finding> findings = work.verdict().verdict().occurrences();
    String error = findings.isEmpty() ? "" : findings.get(0).text();
    String reportedIn = findings.isEmpty() ? "" : findings.get(0).logFile();
    List<ReadLog> logs = new ArrayList<>(found);
    logs.sort(Comparator.comparing(log -> !log.isNamed(reportedIn)));
    Optional<Decisive> decisive = decisive(logs.stream().map(ReadLog::remarks).toList(), error);
    for (int i = 0; i < logs.size(); i++) {
      int place = i;
      ReadLog log = logs.get(i);
      Optional<Remark> why = decisive.filter(it -> it.log() == place).map(Decisive::remark);
      folder.remarks(log.artifact().name(), log.remarks(), why);
    }
    decisive
        .filter(it -> !isDeviceError(folder.decisive()) || isDeviceError(it.remark()))
        .ifPresent(it -> folder.decides(logs.get(it.log()).artifact().name(), it.remark()));
    logs.stream()
        .flatMap(ReadLog::lines)
        .sorted(Comparator.comparing(line -> MOST_TELLING.indexOf(line.kind())))
        .limit(TOLD)
        .forEach(signals::hostLogSaid);
  }

  /** What a device said in an earlier try is not outdone by what a script says in this one. */
  private static boolean isDeviceError(Optional<LogRemark> known) {
    return known.filter(it -> it.kind().equals(Remark.Kind.DEVICE_ERROR.word())).isPresent();
  }

  private static boolean isDeviceError(Remark remark) {
    return remark.kind() == Remark.Kind.DEVICE_ERROR;
  }

  /** Logs that the trace names, and that no host has which was asked. */
  private static void noteWhatNobodyHas(CircuitWork work, LogFolder folder) {
    if (work.collecting().hosts().isEmpty()) {
      return;
    }
    List<String> kept =
        folder.artifacts().stream().map(LogManifest.Artifact::path).map(LogNames::stemOf).toList();
    for (String name : work.collecting().window().names()) {
      if (!kept.contains(LogNames.stemOf(name))) {
        work.missing(
            new LogGap("", name, LogGap.Reason.NOT_FOUND, "no host that answered has this log"));
      }
    }
  }

  /** What a device said is the reason behind the error; else what comes closest to the error. */
  private static Optional<Decisive> decisive(List<List<Remark>> logs, String error) {
    return Decisive.besides(logs, error)
        .filter(it -> it.remark().kind() == Remark.Kind.DEVICE_ERROR)
        .or(() -> Decisive.among(logs, error));
  }

  private void noteUnknownDevices(CircuitWork work) {
    for (DeviceLookUp device : work.devices()) {
      device
          .search()
          .trouble()
          .or(() -> adapter(device).isPresent() ? Optional.empty() : Optional.of(NO_ADAPTER))
          .ifPresent(
              why ->
                  work.missing(
                      new LogGap(
                          "",
                          "RA logs of " + device.device().fqdn().orElse(device.device().tid()),
                          LogGap.Reason.NOT_KNOWN,
                          why)));
    }
  }
}
