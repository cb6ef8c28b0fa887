package io.orchscope;

import io.orchscope.settings.Mistake;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.RouteWatcherReloadStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes changed route files over while the application runs, once they have proved sound.
 *
 * <p>Camel's own reload of 4.18.0 stops a route before it finds out that the new one cannot be
 * made, and with its defaults stops all of them. Here the whole folder is first put together beside
 * the running application; if that fails, nothing is touched and the reason is said.
 */
final class RouteReload extends RouteWatcherReloadStrategy {

  private static final Logger log = LoggerFactory.getLogger(RouteReload.class);

  private final Assembly assembly;

  private RouteReload(Assembly assembly) {
    super(assembly.folders().routes().toString());
    this.assembly = assembly;
    setPattern("*.camel.yaml");
    setRemoveAllRoutes(false);
    setPollTimeout(500);
  }

  /** Starts to watch the folder when the context starts. */
  static void watch(CamelContext context, Assembly assembly) {
    try {
      context.addService(new RouteReload(assembly));
    } catch (Exception unwatchable) {
      throw new IllegalStateException("The route files cannot be watched.", unwatchable);
    }
  }

  @Override
  protected synchronized void onRouteReload(
      Collection<Resource> changed, boolean removeEverything) {
    List<Mistake> mistakes = RouteCheck.mistakes(assembly.folders(), assembly.configuration());
    if (!mistakes.isEmpty()) {
      for (Mistake mistake : mistakes) {
        log.error("A changed route was refused; the old one goes on. {}", mistake);
      }
      return;
    }
    try {
      Collection<Resource> taken =
          changed.stream().anyMatch(resource -> isCalled(resource, "failures."))
              ? together(changed, routesWithFailures())
              : changed;
      boolean scheduled =
          changed.stream().anyMatch(resource -> isCalled(resource, "schedule-poll."));
      if (scheduled) {
        // A template that is there already would stay the one that is found.
        getCamelContext()
            .getCamelContextExtension()
            .getContextPlugin(Model.class)
            .removeRouteTemplateDefinitions("schedule-poll");
      }
      var ids = PluginHelper.getRoutesLoader(getCamelContext()).updateRoutes(taken);
      if (scheduled) {
        assembly.schedules().apply(getCamelContext());
      }
      log.info("Changed routes were taken over. files={} routes={}", names(changed), ids);
    } catch (Exception failed) {
      setLastError(failed);
      log.error("A changed route could not be taken over. files={}", names(changed), failed);
    }
  }

  private static boolean isCalled(Resource resource, String beginning) {
    return Path.of(resource.getURI()).getFileName().toString().startsWith(beginning);
  }

  private static Collection<Resource> together(
      Collection<Resource> changed, Collection<Resource> more) {
    Map<String, Resource> all = new LinkedHashMap<>();
    changed.forEach(resource -> all.put(new File(resource.getLocation()).getName(), resource));
    more.forEach(resource -> all.putIfAbsent(new File(resource.getLocation()).getName(), resource));
    return all.values();
  }

  /** What happens at failures is part of the routes that name it; they are made anew with it. */
  private Collection<Resource> routesWithFailures() {
    File[] files = assembly.folders().routes().toFile().listFiles();
    List<Resource> resources = new ArrayList<>();
    Arrays.stream(files == null ? new File[0] : files)
        .filter(file -> file.getName().endsWith(".camel.yaml"))
        .sorted()
        .map(file -> ResourceHelper.fromBytes("file:" + file, bytes(file)))
        .filter(RouteReload::namesFailures)
        .forEach(resources::add);
    return resources;
  }

  private static boolean namesFailures(Resource resource) {
    try (var text = resource.getInputStream()) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8)
          .contains("routeConfigurationId:");
    } catch (IOException unreadable) {
      return true;
    }
  }

  private static byte[] bytes(File file) {
    try {
      return Files.readAllBytes(file.toPath());
    } catch (IOException gone) {
      return new byte[0];
    }
  }

  private static List<String> names(Collection<Resource> resources) {
    return resources.stream().map(resource -> new File(resource.getLocation()).getName()).toList();
  }
}
