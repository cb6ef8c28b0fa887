package io.orchscope;

import io.orchscope.settings.Mistake;
import io.orchscope.settings.Nearest;
import io.orchscope.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.EndpointUriFactory;

/**
 * Answers which options under {@code parameters:} their component does not have.
 *
 * <p>Camel refuses some of them without a place, and takes those of HTTP for a part of the query
 * that a neighbour is to be asked.
 */
final class EndpointOptions {

  private EndpointOptions() {}

  static List<Mistake> mistakes(List<RouteFile> files, Map<String, String> placeholders) {
    List<Mistake> mistakes = new ArrayList<>();
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      for (RouteFile file : files) {
        for (RouteFile.Part part : file.parts()) {
          String scheme = RouteCheck.filled(part.text("uri"), placeholders).replaceFirst(":.*", "");
          EndpointUriFactory factory =
              part.options().isEmpty()
                  ? null
                  : camel.getCamelContextExtension().getEndpointUriFactory(scheme);
          if (factory != null) {
            look(file, part, scheme, factory, mistakes);
          }
        }
      }
    } catch (IOException impossible) {
      throw new IllegalStateException("A context that never ran has nothing to close.", impossible);
    }
    return mistakes;
  }

  /** The same of options that stand in a setting, after its question mark. */
  static List<Mistake> mistakes(Settings.Origin origin, String uri) {
    Map<String, String> options = new LinkedHashMap<>();
    Matcher option = Pattern.compile("[?&]([^=&]+)=").matcher(uri);
    while (option.find()) {
      options.put(option.group(1), origin.place());
    }
    RouteFile.Part part = new RouteFile.Part("to", Map.of("uri", uri), options, origin.place());
    return mistakes(
        List.of(new RouteFile(Path.of(origin.file()), List.of(), List.of(part))), Map.of());
  }

  private static void look(
      RouteFile file,
      RouteFile.Part part,
      String scheme,
      EndpointUriFactory factory,
      List<Mistake> mistakes) {
    Set<String> known = factory.propertyNames();
    part.options()
        .forEach(
            (option, place) -> {
              if (!known.contains(option)
                  && factory.multiValuePrefixes().values().stream().noneMatch(option::startsWith)) {
                mistakes.add(
                    new Mistake(
                        file.path().toString(),
                        place,
                        "'" + scheme + "' has no option '" + option + "'",
                        Nearest.to(option, known)
                            .map(near -> "Did you mean '" + near + "'?")
                            .orElse(
                                "Remove it; the options are listed at"
                                    + " https://camel.apache.org/components/4.18.x/"
                                    + scheme
                                    + "-component.html.")));
              }
            });
  }
}
