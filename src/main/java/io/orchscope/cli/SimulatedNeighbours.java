package io.orchscope.cli;

import io.orchscope.simulator.Simulator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How to reach a simulator: the settings that point at it instead of at the real neighbours. */
final class SimulatedNeighbours {

  static Map<String, String> settings(Simulator simulator) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("environment", "simulation");
    settings.put("mdso.url", simulator.mdsoUrl().toString());
    settings.put("mdso.username", simulator.credentials().username());
    settings.put("mdso.password", simulator.credentials().password());
    settings.put("mdso.tenant", simulator.credentials().tenant());
    settings.put("webex.url", simulator.webexUrl().toString());
    settings.put("webex.token", simulator.credentials().webexBotToken());

    settings.put("alerts.channel", "webex");
    return settings;
  }

  /** The same as variables of a shell. */
  static Map<String, String> environment(Simulator simulator) {
    Map<String, String> variables = new LinkedHashMap<>();
    settings(simulator)
        .forEach(
            (key, value) ->
                variables.put(
                    key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'), value));
    return variables;
  }

  private SimulatedNeighbours() {}
}
