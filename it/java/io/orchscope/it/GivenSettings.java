package io.orchscope.it;

import io.orchscope.simulator.Simulator;
import java.util.HashMap;
import java.util.Map;

/** Settings of a program that works against a simulator and tells Webex without much waiting. */
final class GivenSettings {

  /** Those of one simulator; the map may be changed. */
  static Map<String, String> of(Simulator simulator) {
    Map<String, String> settings = new HashMap<>();
    settings.put("mdso.url", simulator.mdsoUrl().toString());
    settings.put("mdso.username", simulator.credentials().username());
    settings.put("mdso.password", simulator.credentials().password());
    settings.put("mdso.tenant", simulator.credentials().tenant());
    settings.put("webex.url", simulator.webexUrl().toString());
    settings.put("webex.token", simulator.credentials().webexBotToken());
    settings.put("alerts.channel", "webex");
    settings.put("alerts.group-wait", "200ms");
    settings.put("alerts.look-every", "50ms");
    settings.put("alerts.messages-per-minute", "10000");
    settings.put("circuits.at-once", "4");
    settings.put("poll.look-back", "36500d");
    settings.put("ledger.keep-for", "0");
    settings.put("routes.reload", "no");
    return settings;
  }

  /** The same, with the ledger in PostgreSQL. */
  static Map<String, String> of(Simulator simulator, String databaseUrl) {
    Map<String, String> settings = of(simulator);
    settings.put("ledger.url", databaseUrl);
    settings.put("ledger.username", "postgres");
    settings.put("ledger.password", "postgres");
    return settings;
  }

  private GivenSettings() {}
}
