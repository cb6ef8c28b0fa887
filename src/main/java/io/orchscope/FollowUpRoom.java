package io.orchscope;

import io.orchscope.defect.Examination;
import io.orchscope.defect.Outcome;
import io.orchscope.errortest.DeviceAccount;
import io.orchscope.errortest.DeviceAddresses;
import io.orchscope.errortest.ErrorTesting;
import io.orchscope.errortest.ListedAddresses;
import io.orchscope.errortest.TestLimits;
import io.orchscope.evidence.Durability;
import io.orchscope.evidence.EvidenceSearch;
import io.orchscope.evidence.LogArchive;
import io.orchscope.evidence.LogForm;
import io.orchscope.evidence.LogLayout;
import io.orchscope.evidence.LogPrune;
import io.orchscope.hostlog.HostFigures;
import io.orchscope.hostlog.HostLimits;
import io.orchscope.hostlog.LogHosts;
import io.orchscope.ledger.DeploymentMarks;
import io.orchscope.ledger.ErrorTestFindings;
import io.orchscope.ledger.FollowUpBacklog;
import io.orchscope.ledger.FollowUpTimes;
import io.orchscope.ledger.FollowUps;
import io.orchscope.ledger.Ledger;
import io.orchscope.remote.RemoteSystems;
import io.orchscope.settings.Clocks;
import io.orchscope.settings.Settings;
import io.orchscope.step.FindingDevices;
import io.orchscope.step.FollowingUp;
import io.orchscope.step.LogCollecting;
import io.orchscope.step.TestingErrors;
import io.orchscope.telemetry.FollowUpSignals;
import io.orchscope.topology.Adapter;
import io.orchscope.topology.Adapters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Predicate;
import org.apache.camel.Processor;

/** What is done for circuits after they were decided, put together from the settings. */
final class FollowUpRoom implements AutoCloseable {

  private final Configuration configuration;
  private final Settings settings;
  private final FollowUps followUps;
  private final LogFetch fetch = new LogFetch();
  private final LogHosts hosts;
  private final ErrorTesting testing;
  private final FollowingUp followingUp;
  private final boolean looks;
  private Optional<LogArchive> archive = Optional.empty();
  private final Clocks clocks;

  FollowUpRoom(
      Configuration configuration,
      Ledger ledger,
      FollowUpSignals signals,
      RemoteSystems systems,
      Clocks clocks,
      Map<String, Object> beans) {
    this.configuration = configuration;
    this.settings = configuration.settings();
    this.clocks = clocks;
    looks = configuration.followsUp();
    followUps = new FollowUps(ledger, times(settings));
    hosts =
        new LogHosts(
            configuration.logPlaces(),
            limits(settings),
            settings.secret("logs.key-passphrase"),
            Configuration.agentSocket(),
            fetch,
            clocks);
    testing =
        new ErrorTesting(
            configuration.testsToMake(),
            TestLimits.of(
                settings.count("error-tests.at-once"), settings.duration("error-tests.longest")),
            addresses(settings),
            account(settings),
            Path.of(settings.text("devices.known-hosts")),
            clocks.wall());
    followingUp =
        new FollowingUp(
            followUps,
            new EvidenceSearch(Path.of(settings.text("evidence.root"))),
            this::archive,
            new FollowingUp.Bounds(
                hosts.names(),
                settings.count("follow-up.circuits-at-once"),
                (long) settings.count("logs.megabytes-per-circuit") << 20,
                settings.duration("logs.time-per-circuit"),
                clocks.steady()),
            signals);
    bind(ledger, signals, systems, beans);
  }

  private void bind(
      Ledger ledger, FollowUpSignals signals, RemoteSystems systems, Map<String, Object> beans) {
    Adapters adapters =
        new Adapters(
            configuration.logPlaces().adapters().stream()
                .map(it -> new Adapter(it.vendor(), it.folder(), it.resourceType()))
                .toList());
    BeornAccess beorn = BeornAccess.of(settings);
    FindingDevices devices =
        new FindingDevices(
            beorn.url().map(url -> beorn.path()),
            settings.text("mdso.market-path"),
            adapters,
            systems.beorn());
    LogCollecting collecting = new LogCollecting(hosts, adapters, signals);
    TestingErrors tests =
        new TestingErrors(
            testing,
            new ErrorTestFindings(ledger),
            new DeploymentMarks(ledger),
            circuit -> ConsoleAccess.linkToCircuit(settings, circuit),
            signals);
    beans.put("followingUp", followingUp);
    beans.put("takeFollowUps", (Processor) followingUp::takeNext);
    beans.put("openFollowUp", (Processor) followingUp::open);
    beans.put("endFollowUp", (Processor) followingUp::end);
    beans.put("putFollowUpBack", (Processor) followingUp::putBack);
    beans.put("fetchPlanLogs", (Processor) collecting::fetchPlanLogs);
    beans.put("fetchRaLogs", (Processor) collecting::fetchRaLogs);
    beans.put("readLogs", (Processor) collecting::readLogs);
    beans.put("devicesAreSought", (Predicate) devices::areSought);
    beans.put("topologyIsSought", (Predicate) devices::isTopologySought);
    beans.put("nameTopology", (Processor) devices::nameTopology);
    beans.put("acceptTopology", (Processor) devices::acceptTopology);
    beans.put("readTopology", (Processor) devices::readTopology);
    beans.put("noteNoTopology", (Processor) devices::noteNoTopology);
    beans.put("networkFunctionIsSought", (Predicate) devices::isNetworkFunctionSought);
    beans.put("nameNetworkFunction", (Processor) devices::nameNetworkFunction);
    beans.put("readNetworkFunction", (Processor) devices::readNetworkFunction);
    beans.put("noteNoNetworkFunction", (Processor) devices::noteNoNetworkFunction);
    beans.put("nameTests", (Processor) tests::name);
    beans.put("testConnectivity", (Processor) tests::connectivity);
    beans.put("testCommit", (Processor) tests::commitErrors);
    beans.put("watchDeployment", (Processor) tests::deploymentWatch);
    beans.put("keepFinding", (Processor) tests::keep);
  }

  /** Whether a circuit is owed a follow-up: logs can be fetched, or its errors are to be tested. */
  boolean isOwed(Examination examination) {
    boolean failed = examination.outcome() == Outcome.DEFECTIVE;
    boolean collects = !hosts.names().isEmpty() && examination.outcome() != Outcome.HEALTHY;
    boolean tests =
        failed
            && examination.occurrences().stream()
                .anyMatch(
                    it ->
                        !testing
                            .due(
                                examination.product().type(),
                                it.classification().codeOrUnclassified())
                            .isEmpty());
    return examination.evidence().isPresent() && (collects || tests);
  }

  /** Takes no more. */
  void leave() {
    followingUp.leave();
  }

  /** Those that are still to be done here; none where no route looks for them. */
  FollowUpBacklog backlog() {
    return looks ? followUps.backlog() : FollowUpBacklog.NONE;
  }

  /** From now on tries no follow-up a second time. */
  void tryEachOnce() {
    followUps.tryEachOnce();
  }

  /** What has been asked of each host of logs. */
  List<HostFigures> figures() {
    return hosts.figures();
  }

  /** What removes old logs; none where there are none. */
  Optional<LogPrune> prune() {
    return Files.isDirectory(Path.of(settings.text("logs.root")))
        ? Optional.of(archive().prune())
        : Optional.empty();
  }

  /** Asks MDSO's archive of logs through the routes of a context. */
  void through(CamelContext context) {
    fetch.through(context);
  }

  private synchronized LogArchive archive() {
    if (archive.isEmpty()) {
      archive =
          Optional.of(
              new LogArchive(
                  Path.of(settings.text("logs.root")),
                  LogForm.of(
                      LogLayout.valueOf(settings.text("logs.layout").toUpperCase(Locale.ROOT))),
                  LogMask::new,
                  clocks.wall(),
                  settings.flag("evidence.fsync") ? Durability.FSYNC : Durability.NONE));
    }
    return archive.get();
  }

  private static FollowUpTimes times(Settings settings) {
    return new FollowUpTimes(
        settings.duration("follow-up.first-pause"),
        settings.duration("follow-up.longest-pause"),
        settings.duration("follow-up.longest-age"));
  }

  private static HostLimits limits(Settings settings) {
    HostLimits usual = HostLimits.usual();
    return new HostLimits(
        settings.duration("logs.answer-within"),
        settings.duration("logs.answer-within"),
        usual.idle(),
        settings.duration("logs.leave-host-alone"),
        usual.fresh(),
        usual.channels(),
        usual.excerptBytes(),
        usual.archiveBytes());
  }

  private static DeviceAddresses addresses(Settings settings) {
    String file = settings.text("devices.addresses");
    return file.isEmpty() ? DeviceAddresses.byDns() : ListedAddresses.read(Path.of(file));
  }

  private static Optional<DeviceAccount> account(Settings settings) {
    String user = settings.text("devices.username");
    return user.isEmpty()
        ? Optional.empty()
        : Optional.of(new DeviceAccount(user, settings.secret("devices.password")));
  }

  @Override
  public void close() {
    hosts.close();
    testing.close();
  }
}
