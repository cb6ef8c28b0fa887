package io.orchscope.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * MDSO with its hosts and devices, Beorn and Webex on loopback, from start to close.
 *
 * <p>All of its methods may be called from any thread while it serves.
 */
public final class Simulator implements AutoCloseable {

  private final Vertx vertx;
  private final Inventory inventory;
  private final Truths truths;
  private final NetworkFunctions functions;
  private final Counters counters = new Counters();
  private final Credentials credentials = Credentials.invented();
  private final Journal journal;
  private final Tokens tokens;
  private final WebexApi webex;
  private final LogHosts logHosts;
  private final DeviceServers devices;
  private final DeviceAddresses deviceAddresses;
  private final int mdsoPort;
  private final int beornPort;
  private final int webexPort;
  private volatile Faults faults;

  private Simulator(SimulatorOptions options) {
    faults = options.faults();
    inventory = new Inventory(options);
    journal = new Journal(options.clock(), options.requestsKept(), counters, options.requestLog());
    tokens =
        new Tokens(
            options.clock(), options.tokenLifetime(), inventory.ids().random(0, "bearer tokens"));
    vertx = vertx();
    TokenApi logins = new TokenApi(tokens, credentials, options.clock(), counters);
    truths = new Truths(inventory);
    functions = new NetworkFunctions(inventory);
    MarketApi market = new MarketApi(inventory, functions, counters);
    logHosts = new LogHosts(inventory, functions, options, counters);
    Optional<LogArchiveApi> archive = logHosts.archive();
    MdsoApi mdso = new MdsoApi(logins, market, archive, tokens, counters, () -> faults);
    devices = new DeviceServers(credentials, counters);
    deviceAddresses = new DeviceAddresses(inventory, functions, devices);
    webex = new WebexApi(options.clock(), credentials, counters, () -> faults);
    BeornApi beorn = new BeornApi(inventory);
    int port = options.port();
    try {
      mdsoPort = front("mdso", options, mdso::answer).listen(port);
      beornPort = front("beorn", options, beorn::answer).listen(port == 0 ? 0 : port + 1);
      webexPort = front("webex", options, webex::answer).listen(port == 0 ? 0 : port + 2);
      logHosts.start(credentials, port == 0 ? 0 : port + 3);
      if (options.devices()) {
        devices.start(vertx, port == 0 ? 0 : port + 3 + options.logHosts());
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static Vertx vertx() {
    return Vertx.vertx(
        new VertxOptions()
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1)
            .setMaxEventLoopExecuteTime(60_000_000_000L)
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setClassPathResolvingEnabled(false)
                    .setFileCachingEnabled(false)));
  }

  private Front front(String neighbour, SimulatorOptions options, Function<Call, Reply> api) {
    return new Front(vertx, neighbour, options.latency(), journal, api);
  }

  /** Starts to serve. Errors: an exception when a port is taken. */
  public static Simulator start(SimulatorOptions options) {
    return new Simulator(options);
  }

  /** The root of MDSO, under which {@code /tron} and {@code /bpocore} are. */
  public URI mdsoUrl() {
    return URI.create("http://127.0.0.1:" + mdsoPort);
  }

  /** The root of Beorn, under which {@code /beorn/v3/topologies} is. */
  public URI beornUrl() {
    return URI.create("http://127.0.0.1:" + beornPort);
  }

  /** Webex's address with its version; {@code /messages} comes behind it. */
  public URI webexUrl() {
    return URI.create("http://127.0.0.1:" + webexPort + "/v1");
  }

  /** The hosts on which MDSO logs, who let {@link #credentials}' user in with {@link #sshKey}. */
  public List<LogHost> logHosts() {
    return logHosts.hosts();
  }

  /** The private key for these hosts; none when there are no hosts. */
  public Optional<Path> sshKey() {
    return logHosts.key();
  }

  /** The file that says who these hosts are, as {@code ssh} has it. */
  public Optional<Path> knownHosts() {
    return logHosts.knownHosts();
  }

  /** What somebody wanted to run on these hosts, in vain, as {@code loghost-1: COMMAND}. */
  public List<String> commands() {
    return logHosts.commands();
  }

  /** From now on these go wrong, by the hosts' names; nothing does with the others. */
  public void setLogHostFaults(Map<String, LogHostFaults> faults) {
    logHosts.setFaults(faults);
  }

  /** Where something answers for a TID, FQDN or management address, as {@code HOST:PORT}. */
  public Optional<String> deviceAddress(String target) {
    return deviceAddresses.of(target);
  }

  /** The port behind which devices of a manner are. */
  int devicePort(DeviceManner manner) {
    return devices.port(manner);
  }

  /** The same for the TIDs and addresses of all devices of circuits that have failed by now. */
  public Map<String, String> deviceAddresses() {
    return deviceAddresses.ofFailedCircuits();
  }

  /** What reached Webex's rooms, oldest first. */
  public List<PostedMessage> messages() {
    return webex.messages();
  }

  /** The next requests of its kind get this reply of Webex. */
  public void setWebexFault(WebexFault fault) {
    webex.fault(fault);
  }

  /** Deletes a message of Webex, as a member of its room may. */
  public void deleteMessage(String id) {
    webex.delete(id);
  }

  public Credentials credentials() {
    return credentials;
  }

  /** The last requests, oldest first; as many as the options keep. */
  public List<LoggedRequest> requests() {
    return journal.requests();
  }

  /**
   * How often each thing has happened since the start.
   *
   * <p>Shape: {@code mdso.requests}, {@code mdso.status.200}, {@code mdso.lists}, {@code
   * mdso.tokens.created}, {@code mdso.tokens.deleted}, {@code fault.garbage}, {@code
   * webex.messages}, {@code loghost.connections.loghost-1}, {@code loghost.bytes}, {@code
   * loghost.bytes.loghost-1}, {@code loghost.files.opened}, {@code loghost.exec}, {@code
   * devices.connections}, {@code devices.connections.most} at the same time, {@code
   * devices.logins}, {@code devices.logins.refused}; what has not happened is absent.
   */
  public Map<String, Long> counters() {
    return counters.all();
  }

  public long count(String counter) {
    return counters.of(counter);
  }

  /** How many bearer tokens are good now. */
  public int openTokens() {
    return tokens.open();
  }

  /** Ends all bearer tokens, as a restart of MDSO would. */
  public void revokeTokens() {
    tokens.deleteAll();
  }

  public void setFaults(Faults faults) {
    this.faults = faults;
  }

  /** Lets new failed resources come, now. */
  public void arrive(int count) {
    inventory.arrive(count);
  }

  /** Adds a resource as MDSO would list it, or puts it in place of the one with its id. */
  public void put(ObjectNode resource) {
    inventory.put(resource);
  }

  /** Adds a TraceLog, or puts it in place of the one with its id. */
  public void putTrace(ObjectNode traceLog) {
    ObjectNode whole = traceLog.deepCopy();
    if (!whole.has("resourceTypeId")) {
      whole.put("resourceTypeId", TraceWriter.TYPE);
    }
    inventory.put(whole);
  }

  /** What has this id, as a call for it would be answered. */
  public Optional<ObjectNode> held(String resourceId) {
    return inventory.get(resourceId).or(() -> functions.get(resourceId));
  }

  /** What a reader should find out about a generated resource. */
  public Optional<Truth> truth(String resourceId) {
    return inventory.ids().number(Ids.Kind.RESOURCE, resourceId).stream()
        .filter(inventory::holds)
        .boxed()
        .flatMap(index -> truths.about(index).stream())
        .findAny();
  }

  /** What a reader should find out about each generated resource, oldest first. */
  public Stream<Truth> truths() {
    return IntStream.range(inventory.first(), inventory.end())
        .boxed()
        .flatMap(index -> truths.about(index).stream());
  }

  @Override
  public void close() {
    devices.close();
    logHosts.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    journal.close();
  }
}
