package io.orchscope.cli;

import io.orchscope.Assembly;
import io.orchscope.report.Audience;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

  @Mixin private FolderOptions folders = new FolderOptions();

  @Override
  public Integer call() throws Exception {
    Startable.requireSoundRoutes(folders);
    String listen = folders.configuration(Map.of()).settings().text("observe.listen");
    Map<String, String> overrides =
        listen.isEmpty() ? Map.of("observe.listen", USUAL_ADDRESS) : Map.of();
    Assembly assembly = Assembly.assemble(folders.folders(), overrides, Audience.NOBODY);
    Startable.requireCredentials(assembly);
    assembly.run();
    return Exit.OK;
  }
}
