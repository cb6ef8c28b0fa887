package io.orchscope;

import io.orchscope.settings.Mistake;
import io.orchscope.settings.RejectedFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes changed route files while the application runs, once the whole folder has proved sound.
 *
 * <p>Camel's own reload of 4.18.0 stops a route before it finds out that the new one cannot be
 * made, and with its defaults stops all of them. Here a trial of the whole folder is assembled
 * beside the running application first; if that fails, the running routes are not touched.
 */
final class RouteReload {

  private static final Logger log = LoggerFactory.getLogger(RouteReload.class);
  private static final RejectedFiles.Kind KIND = RejectedFiles.Kind.ROUTES;
  private static final String CONFIGURATION = "routeConfiguration:";
  private static final String CONFIGURED = "routeConfigurationId:";
  private static final String TEMPLATE = "routeTemplate:";

  private final CamelContext context;
  private final Assembly assembly;
  private final RejectedFiles rejected;
  private Optional<RouteSources> active = Optional.empty();

  private RouteReload(CamelContext context, Assembly assembly, RejectedFiles rejected) {
    this.context = context;
    this.assembly = assembly;
    this.rejected = rejected;
  }

  /** Watches the folder from the start of the context to its stop. */
  static void watch(CamelContext context, Assembly assembly, RejectedFiles rejected) {
    RouteReload reload = new RouteReload(context, assembly, rejected);
    new FileWatch(
            () -> RouteSources.list(assembly.folders().routes()), reload::examine, System::nanoTime)
        .through(context, "watch-routes");
  }

  private FileWatch.Finding examine() {
    RouteSources edited;
    try {
      edited = RouteSources.read(assembly.folders().routes());
    } catch (IOException unreadable) {
      return reject(
          List.of(
              new Mistake(
                  assembly.folders().routes().toString(),
                  "whole folder",
                  "cannot be read: " + unreadable,
                  "Check its owner and rights.")));
    }
    RouteSources before = active.orElseGet(assembly::routeSources);
    if (edited.hasContentOf(before)) {
      return new FileWatch.Finding(true, this::acceptUnchanged);
    }
    List<Mistake> mistakes =
        RouteCheck.mistakes(assembly.folders(), assembly.configuration(), edited);
    return mistakes.isEmpty()
        ? new FileWatch.Finding(true, () -> take(before, edited))
        : reject(mistakes);
  }

  private FileWatch.Finding reject(List<Mistake> found) {
    List<Mistake> mistakes = found.stream().map(this::masked).toList();
    return new FileWatch.Finding(
        false,
        () -> {
          rejected.reject(KIND, mistakes);
          mistakes.forEach(
              mistake ->
                  log.error(
                      "Route change rejected; the previous version stays active. {}", mistake));
        });
  }

  /** Camel quotes addresses, and some of them hold a secret. */
  private Mistake masked(Mistake mistake) {
    return new Mistake(
        mistake.file(),
        mistake.place(),
        assembly.redaction().mask(mistake.reason()),
        assembly.redaction().mask(mistake.remedy()));
  }

  private void acceptUnchanged() {
    if (rejected.accept(KIND)) {
      log.info("The route files are those of the active version again.");
    }
  }

  private void take(RouteSources before, RouteSources edited) {
    List<String> names = edited.notIn(before).stream().map(RouteSource::name).toList();
    try {
      Set<String> routes = replace(before, edited);
      active = Optional.of(edited);
      rejected.accept(KIND);
      log.info("Route change applied. files={} routes={}", names, routes);
    } catch (Exception failed) {
      Mistake mistake =
          masked(
              new Mistake(
                  assembly.folders().routes().toString(),
                  String.join(", ", names),
                  "Camel cannot replace the running routes: " + failed,
                  "Undo the change, or restart Orchscope to apply it."));
      rejected.reject(KIND, List.of(mistake));
      log.error("Route change rejected; the previous version stays active. {}", mistake);
      restore(before, edited);
    }
  }

  private void restore(RouteSources before, RouteSources edited) {
    try {
      replace(/* before= */ edited, /* edited= */ before);
    } catch (Exception failed) {
      log.error(
          "The previous routes could not be restored. Restart Orchscope. reason={}",
          assembly.redaction().mask(String.valueOf(failed)));
    }
  }

  /** Replaces the running routes; returns the ids of those that were made. */
  private Set<String> replace(RouteSources before, RouteSources edited) throws Exception {
    Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
    List<RouteSource> changed = new ArrayList<>(edited.notIn(before));
    List<RouteSource> touched = new ArrayList<>(changed);
    touched.addAll(before.notIn(edited));
    if (touched.stream().anyMatch(file -> file.mentions(CONFIGURATION))) {
      // What happens at failures is part of the routes that name it; they are made again with it.
      edited.files().stream()
          .filter(file -> file.mentions(CONFIGURED) && !changed.contains(file))
          .forEach(changed::add);
    }
    // First, because two routes cannot begin with the same endpoint at the same time.
    Set<String> gone = ids(before.notIn(edited), "route");
    gone.removeAll(ids(edited.files(), "route"));
    for (String id : gone) {
      context.getRouteController().stopRoute(id);
      context.removeRoute(id);
    }
    Set<String> templates = ids(touched, "routeTemplate");
    for (String template : templates) {
      // A template that is there already would stay the one that is found.
      model.removeRouteTemplateDefinitions(template);
    }
    List<Resource> resources =
        changed.stream().map(RouteSource::resource).collect(Collectors.toList());
    Set<String> made = PluginHelper.getRoutesLoader(context).updateRoutes(resources);
    if (touched.stream().anyMatch(file -> file.mentions(TEMPLATE))) {
      assembly.schedules().apply(context);
    }
    return made;
  }

  private static Set<String> ids(List<RouteSource> files, String kind) {
    Set<String> ids = new LinkedHashSet<>();
    for (RouteSource file : files) {
      RouteFile.of(file).parts().stream()
          .filter(part -> part.kind().equals(kind))
          .map(part -> part.text("id"))
          .filter(id -> !id.isEmpty())
          .forEach(ids::add);
    }
    return ids;
  }
}
