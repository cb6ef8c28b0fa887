package io.orchscope.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** Scripts and styles, from our own resources and from WebJars; nothing else is served. */
final class Assets {

  private static final String WEBJARS = "/META-INF/resources/webjars/";

  /** A resource and what it is. */
  private record Asset(String resource, String type) {}

  private static final Map<String, Asset> ALL =
      Map.of(
          "style.css", new Asset("/console/style.css", "text/css; charset=utf-8"),
          "page.js", new Asset("/console/page.js", "text/javascript; charset=utf-8"),
          "icon.svg", new Asset("/console/icon.svg", "image/svg+xml"),
          "htmx.js",
              new Asset(
                  WEBJARS + "htmx.org/2.0.8/dist/htmx.min.js", "text/javascript; charset=utf-8"),
          "uplot.js",
              new Asset(
                  WEBJARS + "uplot/1.6.30/dist/uPlot.iife.min.js",
                  "text/javascript; charset=utf-8"),
          "uplot.css",
              new Asset(WEBJARS + "uplot/1.6.30/dist/uPlot.min.css", "text/css; charset=utf-8"));

  private Assets() {}

  /** An asset by its name; nothing where there is none. */
  static Optional<Reply> find(String name) {
    return Optional.ofNullable(ALL.get(name))
        .map(
            asset ->
                new Reply(200, asset.type(), Map.of("Cache-Control", "max-age=3600"), read(asset)));
  }

  private static byte[] read(Asset asset) {
    try (InputStream stream = Assets.class.getResourceAsStream(asset.resource())) {
      if (stream == null) {
        throw new IllegalStateException("The program is incomplete: no " + asset.resource());
      }
      return stream.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
