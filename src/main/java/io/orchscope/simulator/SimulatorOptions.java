package io.orchscope.simulator;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How large the simulated world is, how fast, and what goes wrong in it.
 *
 * @param seed same seed, same ids, labels, circuits and errors
 * @param resources how many there are at the start, over all products
 * @param products names of the products that exist, such as {@code ServiceMapper}; empty means all
 * @param failureShare how many of the resources have failed, 0 to 1
 * @param traceEntries roughly how many entries an orchestration trace has
 * @param traceBytes to which size a trace is padded; 0 means not
 * @param latency how long every answer takes at least
 * @param port of MDSO; Beorn and Webex take the next two, hosts with logs and devices those after
 *     them. 0 means free ports
 * @param tokenLifetime when a bearer token ends, counted from its login
 * @param arrivalsPerSecond how many new failed resources appear per second
 * @param settleAfter when resources that are being activated succeed or fail; zero means never
 * @param clock the time of the simulated neighbours; latency is real time all the same
 * @param requestLog where every request is written as a line of JSON
 * @param requestsKept how many requests are remembered; counters count all of them
 * @param logHosts how many hosts there are on which MDSO logs; 0 costs nothing
 * @param logBytes how large the logs of resource adapters are on each host, about; at least 2 KiB
 *     for each device of each failed circuit
 * @param sshFolder where the key for these hosts is written; a folder of its own, until the end,
 *     when there is none
 * @param hostileLogs whether there are files among the plan logs that no careful reader takes
 * @param logArchive whether MDSO gives its plan logs away as a zip
 * @param devices whether something answers for the devices
 */
public record SimulatorOptions(
    long seed,
    int resources,
    List<String> products,
    double failureShare,
    int traceEntries,
    int traceBytes,
    Duration latency,
    int port,
    Duration tokenLifetime,
    double arrivalsPerSecond,
    Duration settleAfter,
    Clock clock,
    Optional<Path> requestLog,
    int requestsKept,
    int logHosts,
    long logBytes,
    Optional<Path> sshFolder,
    boolean hostileLogs,
    boolean logArchive,
    boolean devices,
    Faults faults) {

  public SimulatorOptions {
    products = List.copyOf(products);
  }

  public static SimulatorOptions defaults() {
    return new Draft().finish();
  }

  /**
   * The default options but for what the words say.
   *
   * <p>Shape: {@code seed=7}, {@code resources=200000}, {@code products=ServiceMapper,Compliance},
   * {@code failures=20%}, {@code trace-entries=18}, {@code trace-bytes=2000000}, {@code
   * latency=50ms}, {@code port=8180}, {@code token-lifetime=1h}, {@code arrivals-per-second=0.5},
   * {@code settle-after=2m}, {@code request-log=requests.jsonl}, {@code requests-kept=10000},
   * {@code log-hosts=3}, {@code log-bytes=2000000}, {@code ssh-folder=var/ssh}, {@code
   * hostile-logs=yes}, {@code log-archive=yes}, {@code devices=yes}. Faults: {@code
   * unauthorized-every}, {@code unauthorized-after-lists}, {@code too-many-every}, {@code
   * retry-after}, {@code server-error-every}, {@code cut-body-every}, {@code garbage-every}, {@code
   * slow-every}, {@code webex-too-many-every}, {@code webex-retry-after} (all whole numbers),
   * {@code slow-by=5s}, {@code duplicate-items=3}, {@code shift-pages=none|insert|remove}, {@code
   * no-page-token=true}, {@code looping-pages=true}, {@code fail-count=true}, {@code
   * webex-status.sim-room-1=403}.
   *
   * <p>Units: durations end in ms, s, m or h; shares are 0.2 or 20%. Errors: an {@link
   * IllegalArgumentException} names an unknown key with the nearest known one, or a bad value.
   */
  public static SimulatorOptions parse(Map<String, String> words) {
    return defaults()
        .with(draft -> words.forEach((key, text) -> OptionText.read(key, text, draft)));
  }

  /** These options but for what is written into the draft. */
  public SimulatorOptions with(Consumer<Draft> changes) {
    Draft draft = new Draft();
    draft.seed = seed;
    draft.resources = resources;
    draft.products = products;
    draft.failureShare = failureShare;
    draft.traceEntries = traceEntries;
    draft.traceBytes = traceBytes;
    draft.latency = latency;
    draft.port = port;
    draft.tokenLifetime = tokenLifetime;
    draft.arrivalsPerSecond = arrivalsPerSecond;
    draft.settleAfter = settleAfter;
    draft.clock = clock;
    draft.requestLog = requestLog;
    draft.requestsKept = requestsKept;
    draft.logHosts = logHosts;
    draft.logBytes = logBytes;
    draft.sshFolder = sshFolder;
    draft.hostileLogs = hostileLogs;
    draft.logArchive = logArchive;
    draft.devices = devices;
    draft.faults = faults;
    changes.accept(draft);
    return draft.finish();
  }

  /** Options that are still being written down; see the record for what each one means. */
  public static final class Draft {
    public long seed = 1;
    public int resources = 200;
    public List<String> products = List.of();
    public double failureShare = 0.2;
    public int traceEntries = 18;
    public int traceBytes;
    public Duration latency = Duration.ZERO;
    public int port;
    public Duration tokenLifetime = Duration.ofHours(1);
    public double arrivalsPerSecond;
    public Duration settleAfter = Duration.ZERO;
    public Clock clock = Clock.systemUTC();
    public Optional<Path> requestLog = Optional.empty();
    public int requestsKept = 10_000;
    public int logHosts;
    public long logBytes = 2_000_000;
    public Optional<Path> sshFolder = Optional.empty();
    public boolean hostileLogs;
    public boolean logArchive;
    public boolean devices;
    public Faults faults = Faults.none();

    private Draft() {}

    private SimulatorOptions finish() {
      return new SimulatorOptions(
          seed,
          resources,
          products,
          failureShare,
          traceEntries,
          traceBytes,
          latency,
          port,
          tokenLifetime,
          arrivalsPerSecond,
          settleAfter,
          clock,
          requestLog,
          requestsKept,
          logHosts,
          logBytes,
          sshFolder,
          hostileLogs,
          logArchive,
          devices,
          faults);
    }
  }
}
