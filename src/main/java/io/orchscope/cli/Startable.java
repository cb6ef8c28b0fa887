package io.orchscope.cli;

import io.orchscope.Assembly;
import io.orchscope.Configuration;
import io.orchscope.Inspection;
import io.orchscope.settings.InvalidFileException;
import io.orchscope.settings.Mistake;
import io.orchscope.settings.Mistakes;
import io.orchscope.settings.Settings;
import java.util.List;
import java.util.Map;

/**
 * What must hold before anything starts. Errors: {@link InvalidFileException} with all that does
 * not.
 */
final class Startable {

  static void requireSoundRoutes(FolderOptions folders) {
    requireSoundRoutes(folders, Map.of());
  }

  static void requireSoundRoutes(FolderOptions folders, Map<String, String> overrides) {
    Configuration configuration = folders.configuration(overrides);
    List<Mistake> mistakes = Inspection.ofRoutes(folders.folders(), configuration);
    if (!mistakes.isEmpty()) {
      throw new InvalidFileException(mistakes);
    }
  }

  /** For a process that is to do nothing but what others have queued. */
  static void requireSharedQueue(FolderOptions folders) {
    Settings settings = folders.configuration(Map.of()).settings();
    Mistakes mistakes = new Mistakes();
    if (!settings.text("circuits.queue").startsWith("kafka:")) {
      mistakes.add(
          "command",
          "--circuits-only",
          "no other process can queue circuits for this one: circuits.queue is in memory",
          "Name a topic in circuits.queue, as in kafka:circuits?brokers=HOST:9092.");
    }
    if (!settings.flag("circuits.work-here")) {
      mistakes.add(
          "command",
          "--circuits-only",
          "nothing is left to do: circuits.work-here is no",
          "Set circuits.work-here to yes for this process.");
    }
    mistakes.throwIfAny();
  }

  static void requireCredentials(Assembly assembly) {
    Settings settings = assembly.configuration().settings();
    Mistakes mistakes = new Mistakes();
    require(settings.text("mdso.username"), "mdso.username", "MDSO_USERNAME", mistakes);
    require(
        settings.secret("mdso.password").reveal(),
        "mdso.password",
        "MDSO_PASSWORD or MDSO_PASSWORD_FILE",
        mistakes);
    if (!settings.text("devices.username").isEmpty()) {
      // Devices would count an empty one as a wrong one.
      require(
          settings.secret("devices.password").reveal(),
          "devices.password",
          "DEVICES_PASSWORD or DEVICES_PASSWORD_FILE",
          mistakes);
    }
    if (settings.text("alerts.channel").equals("webex")) {
      require(
          settings.secret("webex.token").reveal(),
          "webex.token",
          "WEBEX_TOKEN or WEBEX_TOKEN_FILE",
          mistakes);
    }
    mistakes.throwIfAny();
  }

  private static void require(String value, String key, String name, Mistakes mistakes) {
    if (value.isBlank()) {
      mistakes.add("environment", key, "it is not set", "Set " + name + " in the environment.");
    }
  }

  private Startable() {}
}
