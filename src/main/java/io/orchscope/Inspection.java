package io.orchscope;

import io.orchscope.settings.Mistake;
import java.io.IOException;
import java.util.List;

/** The look at an operator's files that starts nothing. */
public final class Inspection {

  /** What is wrong with the routes over a sound configuration. */
  public static List<Mistake> ofRoutes(Folders folders, Configuration configuration) {
    return RouteCheck.mistakes(folders, configuration);
  }

  /** How many files of routes there are, in words. */
  public static String countOfRoutes(Folders folders) throws IOException {
    return RouteSources.list(folders.routes()).size() + " files of routes";
  }

  private Inspection() {}
}
