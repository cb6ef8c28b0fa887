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

  static void requireCredentials(Assembly assembly) {
    Settings settings = assembly.configuration().settings();
    Mistakes mistakes = new Mistakes();
    require(settings.text("mdso.username"), "mdso.username", "MDSO_USERNAME", mistakes);
    require(
        settings.secret("mdso.password").reveal(),
        "mdso.password",
        "MDSO_PASSWORD or MDSO_PASSWORD_FILE",
        mistakes);
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
