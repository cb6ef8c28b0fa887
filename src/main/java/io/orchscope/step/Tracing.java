package io.orchscope.step;

import io.orchscope.settings.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the operator says about traces. Shape: ids of routes and steps.
 *
 * @param newTraceRoutes routes whose exchanges start a trace of their own, linked to where they
 *     came from
 * @param untracedSteps steps that run once per circuit inside a poll; a span each would make the
 *     poll's trace too large to draw
 * @param untracedEndpoints where routes begin that have no trace, since most of their runs find
 *     nothing to do; a star at the end stands for the rest
 * @param names of spans that are not called by the id of their step or route
 * @param repeatsPerStep how many runs of a step the trace of a poll shows
 */
public record Tracing(
    Set<String> newTraceRoutes,
    Set<String> untracedSteps,
    Set<String> untracedEndpoints,
    Map<String, String> names,
    int repeatsPerStep) {

  /** From the settings {@code telemetry.*}. */
  public static Tracing of(Settings settings) {
    return new Tracing(
        ids(settings.text("telemetry.new-trace-routes")),
        ids(settings.text("telemetry.untraced-steps")),
        ids(settings.text("telemetry.untraced-endpoints")),
        names(settings.text("telemetry.span-names")),
        settings.count("telemetry.repeats-per-step"));
  }

  /** The name of the span of a step or a route. */
  String name(String id) {
    return names.getOrDefault(id, id);
  }

  private static Set<String> ids(String list) {
    return Set.copyOf(pieces(list));
  }

  private static List<String> pieces(String list) {
    return List.of(list.strip().split("\\s*,\\s*", -1));
  }

  /** {@code id=name,id=name}; a piece without a name is passed over, and check says so. */
  private static Map<String, String> names(String list) {
    Map<String, String> names = new HashMap<>();
    for (String pair : pieces(list)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        names.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
      }
    }
    return Map.copyOf(names);
  }
}
