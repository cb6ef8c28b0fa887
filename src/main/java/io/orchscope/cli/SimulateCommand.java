package io.orchscope.cli;

import io.orchscope.settings.InvalidFileException;
import io.orchscope.simulator.LogHost;
import io.orchscope.simulator.Simulator;
import io.orchscope.simulator.SimulatorOptions;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code orchscope simulate}: MDSO with its hosts and devices, Beorn and Webex on loopback. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Runs an MDSO, a Beorn and a Webex on loopback until Ctrl-C, and prints how to reach them.",
      "Same seed, same circuits and errors. What is written as KEY=VALUE:",
      "  seed=7 resources=2000 failures=20%% products=ServiceMapper,Compliance trace-entries=18",
      "  trace-bytes=500000 latency=50ms port=8180 token-lifetime=1h arrivals-per-second=0.5",
      "  request-log=requests.jsonl",
      "hosts on which MDSO logs, read by SFTP with a key of their own, and devices:",
      "  log-hosts=3 log-bytes=2000000 ssh-folder=var/ssh hostile-logs=yes",
      "  log-archive=yes devices=yes",
      "and what goes wrong:",
      "  unauthorized-every=100 unauthorized-after-lists=3 too-many-every=50 retry-after=2",
      "  server-error-every=70 cut-body-every=90 garbage-every=80 slow-every=10 slow-by=5s",
      "  duplicate-items=3 shift-pages=insert no-page-token=true looping-pages=true",
      "  fail-count=true webex-too-many-every=5 webex-retry-after=1 webex-status.ROOM=403"
    })
final class SimulateCommand implements Callable<Integer> {

  private static final int SHOWN = 5;

  @Parameters(paramLabel = "KEY=VALUE", arity = "0..*", description = "Options, as listed above.")
  private Map<String, String> options = new LinkedHashMap<>();

  @Spec private CommandSpec spec;

  SimulateCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (Simulator simulator = Simulator.start(parsed(options))) {
      out.println("MDSO   " + simulator.mdsoUrl());
      out.println("Beorn  " + simulator.beornUrl());
      out.println("Webex  " + simulator.webexUrl());
      hosts(simulator).forEach(out::println);
      out.println();
      out.println("To work against it, in another terminal:");
      SimulatedNeighbours.environment(simulator)
          .forEach((name, value) -> out.println("  export " + name + "=" + value));
      out.println("  ./orchscope collect");
      out.println();
      out.println("Ctrl-C ends it.");
      out.flush();
      new CountDownLatch(1).await();
    }
    return Exit.OK;
  }

  /** How the hosts of logs and the devices are reached; nothing when there are none. */
  private static List<String> hosts(Simulator simulator) {
    List<String> lines = new ArrayList<>();
    String user = simulator.credentials().username();
    for (LogHost host : simulator.logHosts()) {
      lines.add("%s  sftp://%s@%s:%d".formatted(host.name(), user, host.host(), host.port()));
    }
    simulator.sshKey().ifPresent(key -> lines.add("Key    " + key + ", the only one they accept"));
    simulator.knownHosts().ifPresent(file -> lines.add("Known  " + file));
    Map<String, String> devices = simulator.deviceAddresses();
    devices.entrySet().stream()
        .limit(SHOWN)
        .forEach(device -> lines.add("Device " + device.getKey() + " at " + device.getValue()));
    if (devices.size() > SHOWN) {
      lines.add("Device … and " + (devices.size() - SHOWN) + " more TIDs and addresses");
    }
    return lines;
  }

  /** Errors: {@link InvalidFileException} that says what was mistyped. */
  static SimulatorOptions parsed(Map<String, String> words) {
    try {
      return SimulatorOptions.parse(words);
    } catch (IllegalArgumentException wrong) {
      throw new InvalidFileException(
          "command line",
          String.join(" ", words.entrySet().stream().map(Object::toString).toList()),
          String.valueOf(wrong.getMessage()),
          "See 'orchscope simulate --help'.");
    }
  }
}
