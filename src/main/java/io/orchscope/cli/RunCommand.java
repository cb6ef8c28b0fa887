package io.orchscope.cli;

import io.orchscope.Assembly;
import io.orchscope.report.Audience;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code orchscope run}: works by the schedules until it is told to end. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Polls every product by its schedule, until SIGTERM or Ctrl-C; what is under way is finished first.",
      "Needs mdso.url, MDSO_USERNAME and MDSO_PASSWORD; WEBEX_TOKEN when alerts.channel is webex."
    })
final class RunCommand implements Callable<Integer> {

  private static final String USUAL_ADDRESS = "127.0.0.1:9464";
  private static final String USUAL_PAGE = "127.0.0.1:8088";

  @Mixin private FolderOptions folders = new FolderOptions();

  @Option(
      names = "--circuits-only",
      description =
          "Polls nothing, and works on circuits that other processes have queued: circuits.queue"
              + " has to name a topic of Kafka.")
  private boolean circuitsOnly;

  @Override
  public Integer call() throws Exception {
    Map<String, String> overrides = new HashMap<>();
    if (circuitsOnly) {
      overrides.put("poll.by-schedule", "no");
      Startable.requireSharedQueue(folders);
    }
    Startable.requireSoundRoutes(folders);
    if (folders.configuration(Map.of()).settings().text("observe.listen").isEmpty()) {
      overrides.put("observe.listen", USUAL_ADDRESS);
    }
    if (folders.configuration(Map.of()).settings().text("console.listen").isEmpty()) {
      // Who only works on circuits has a neighbour that shows the page.
      overrides.put("console.listen", circuitsOnly ? "off" : USUAL_PAGE);
    }
    Assembly assembly = Assembly.assemble(folders.folders(), overrides, Audience.NOBODY);
    Startable.requireCredentials(assembly);
    assembly.run();
    return Exit.OK;
  }
}
