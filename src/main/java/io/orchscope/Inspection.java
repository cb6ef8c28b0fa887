package io.orchscope;

import io.orchscope.settings.Mistake;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;

/** The look at an operator's files that starts nothing. */
public final class Inspection {

  /** What is wrong with the routes over a sound configuration. */
  public static List<Mistake> ofRoutes(Folders folders, Configuration configuration) {
    return RouteCheck.mistakes(folders, configuration);
  }

  /** How many files of routes there are, in words. */
  public static String countOfRoutes(Folders folders) throws IOException {
    try (Stream<java.nio.file.Path> files = Files.list(folders.routes())) {
      return files.filter(file -> file.toString().endsWith(".camel.yaml")).count()
          + " files of routes";
    }
  }

  private Inspection() {}
}
