package io.orchscope;

import io.orchscope.settings.InvalidFileException;
import io.orchscope.settings.Mistake;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Answers what is wrong with a folder of routes: by its text first, then by putting the whole
 * application together without starting a route.
 *
 * <p>Camel of 4.18.0 finds unknown steps and values that way; what its text tells has a better
 * place and a better remedy, and is not repeated by Camel.
 */
final class RouteCheck {

  private final Folders folders;
  private final List<Mistake> mistakes = new ArrayList<>();

  private RouteCheck(Folders folders) {
    this.folders = folders;
  }

  /** Everything that can be found without a message, in the folder as it is now. */
  static List<Mistake> mistakes(Folders folders, Configuration configuration) {
    try {
      return mistakes(folders, configuration, RouteSources.read(folders.routes()));
    } catch (IOException unreadable) {
      return List.of(
          new Mistake(
              folders.routes().toString(),
              "whole folder",
              "cannot be read: " + unreadable,
              "Restore it, or name another with --routes."));
    }
  }

  /** The same of files that were read before. */
  static List<Mistake> mistakes(
      Folders folders, Configuration configuration, RouteSources sources) {
    return new RouteCheck(folders).look(configuration, sources);
  }

  /** A uri with the settings filled in. */
  static String filled(String uri, Map<String, String> placeholders) {
    String filled = uri;
    for (Map.Entry<String, String> entry : placeholders.entrySet()) {
      filled = filled.replace("{{" + entry.getKey() + "}}", entry.getValue());
    }
    return filled;
  }

  private List<Mistake> look(Configuration configuration, RouteSources sources) {
    List<RouteFile> files = parse(sources);
    if (!mistakes.isEmpty()) {
      return mistakes;
    }
    Map<String, String> placeholders = configuration.placeholders();
    try (Assembly trial = Assembly.trial(folders, configuration, sources)) {
      mistakes.addAll(new RouteWords(files, placeholders, trial.beans()).mistakes());
      mistakes.addAll(EndpointOptions.mistakes(files, placeholders));
      mistakes.addAll(
          EndpointOptions.mistakes(
              configuration.settings().origin("circuits.queue"),
              configuration.settings().text("circuits.queue")));
      if (mistakes.isEmpty()) {
        start(trial, files);
      }
    } catch (InvalidFileException wrong) {
      // A file that a setting names, such as a certificate, was removed or changed since the start.
      mistakes.addAll(wrong.mistakes());
    }
    return mistakes;
  }

  private void start(Assembly trial, List<RouteFile> files) {
    try {
      trial.start();
    } catch (InvalidFileException wrong) {
      throw wrong;
    } catch (Exception refused) {
      mistakes.add(new CamelComplaint(folders, files, refused).mistake());
    }
  }

  private List<RouteFile> parse(RouteSources sources) {
    List<RouteFile> files = new ArrayList<>();
    for (RouteSource source : sources.files()) {
      try {
        files.add(RouteFile.of(source));
      } catch (InvalidFileException wrong) {
        mistakes.addAll(wrong.mistakes());
      }
    }
    if (files.isEmpty() && mistakes.isEmpty()) {
      mistakes.add(
          new Mistake(
              folders.routes().toString(),
              "whole folder",
              "there is no file '….camel.yaml'",
              "Restore them, or name another with --routes."));
    }
    return files;
  }
}
