package io.orchscope;

import io.orchscope.settings.InvalidFileException;
import io.orchscope.settings.Mistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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

  /** Everything that can be found without a message. */
  static List<Mistake> mistakes(Folders folders, Configuration configuration) {
    return new RouteCheck(folders).look(configuration);
  }

  /** A uri with the settings filled in. */
  static String filled(String uri, Map<String, String> placeholders) {
    String filled = uri;
    for (Map.Entry<String, String> entry : placeholders.entrySet()) {
      filled = filled.replace("{{" + entry.getKey() + "}}", entry.getValue());
    }
    return filled;
  }

  private List<Mistake> look(Configuration configuration) {
    List<RouteFile> files = read();
    if (!mistakes.isEmpty()) {
      return mistakes;
    }
    Map<String, String> placeholders = configuration.placeholders();
    try (Assembly trial = Assembly.trial(folders, configuration)) {
      mistakes.addAll(new RouteWords(files, placeholders, trial.beans()).mistakes());
      mistakes.addAll(EndpointOptions.mistakes(files, placeholders));
      mistakes.addAll(
          EndpointOptions.mistakes(
              configuration.settings().origin("circuits.queue"),
              configuration.settings().text("circuits.queue")));
      if (mistakes.isEmpty()) {
        start(trial, files);
      }
    }
    return mistakes;
  }

  private void start(Assembly trial, List<RouteFile> files) {
    try {
      trial.start();
    } catch (Exception refused) {
      mistakes.add(new CamelComplaint(folders, files, refused).mistake());
    }
  }

  private List<RouteFile> read() {
    List<RouteFile> files = new ArrayList<>();
    try (Stream<Path> found = Files.list(folders.routes())) {
      for (Path path : found.filter(RouteCheck::isRouteFile).sorted().toList()) {
        try {
          files.add(RouteFile.read(path));
        } catch (InvalidFileException wrong) {
          mistakes.addAll(wrong.mistakes());
        }
      }
    } catch (IOException unreadable) {
      add("cannot be read: " + unreadable, "Restore it, or name another with --routes.");
    }
    if (files.isEmpty() && mistakes.isEmpty()) {
      add("there is no file '….camel.yaml'", "Restore them, or name another with --routes.");
    }
    return files;
  }

  private void add(String reason, String remedy) {
    mistakes.add(new Mistake(folders.routes().toString(), "whole folder", reason, remedy));
  }

  private static boolean isRouteFile(Path path) {
    return path.getFileName().toString().endsWith(".camel.yaml");
  }
}
