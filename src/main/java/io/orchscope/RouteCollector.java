package io.orchscope;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.main.DefaultRoutesCollector;
import org.apache.camel.spi.Resource;

/**
 * Hands Camel the route files at start.
 *
 * <p>Camel's own search by pattern also takes the hidden files of editors.
 */
final class RouteCollector extends DefaultRoutesCollector {

  private final Path folder;
  private Optional<RouteSources> sources;

  /** Loads the folder as it is at start. */
  RouteCollector(Path folder) {
    this.folder = folder;
    this.sources = Optional.empty();
  }

  /** Loads what was read before. */
  RouteCollector(Path folder, RouteSources sources) {
    this.folder = folder;
    this.sources = Optional.of(sources);
  }

  /** What was loaded; empty before the start. */
  synchronized RouteSources sources() {
    return sources.orElse(RouteSources.NONE);
  }

  @Override
  public synchronized Collection<Resource> findRouteResourcesFromDirectory(
      CamelContext context, String excludePattern, String includePattern) {
    try {
      RouteSources read = sources.isPresent() ? sources.get() : RouteSources.read(folder);
      sources = Optional.of(read);
      return read.files().stream().map(RouteSource::resource).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
