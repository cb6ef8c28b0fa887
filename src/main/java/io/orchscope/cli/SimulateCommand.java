package io.orchscope.cli;

import io.orchscope.settings.InvalidFileException;
import io.orchscope.simulator.Simulator;
import io.orchscope.simulator.SimulatorOptions;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code orchscope simulate}: MDSO, Beorn and Webex on loopback. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Runs an MDSO, a Beorn and a Webex on loopback until Ctrl-C, and prints how to reach them.",
      "Same seed, same circuits and errors. What is written as KEY=VALUE:",
      "  seed=7 resources=2000 failures=20%% products=ServiceMapper,Compliance trace-entries=18",
      "  trace-bytes=500000 latency=50ms port=8180 token-lifetime=1h arrivals-per-second=0.5",
      "  request-log=requests.jsonl",
      "and what goes wrong:",
      "  unauthorized-every=100 unauthorized-after-lists=3 too-many-every=50 retry-after=2",
      "  server-error-every=70 cut-body-every=90 garbage-every=80 slow-every=10 slow-by=5s",
      "  duplicate-items=3 shift-pages=insert no-page-token=true looping-pages=true",
      "  fail-count=true webex-too-many-every=5 webex-retry-after=1 webex-status.ROOM=403"
    })
final class SimulateCommand implements Callable<Integer> {

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
