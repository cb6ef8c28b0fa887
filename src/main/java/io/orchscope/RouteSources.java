package io.orchscope;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Content of a folder of route files at one moment.
 *
 * <p>What is checked and what is loaded is the same content, whatever an editor writes in between.
 *
 * @param files in the order of their names
 */
record RouteSources(List<RouteSource> files) {

  static final RouteSources NONE = new RouteSources(List.of());

  private static final String ENDING = ".camel.yaml";

  /** Errors: {@link IOException} when the folder or a file cannot be read. */
  static RouteSources read(Path folder) throws IOException {
    List<RouteSource> files = new ArrayList<>();
    for (Path path : list(folder)) {
      source(path).ifPresent(files::add);
    }
    return new RouteSources(List.copyOf(files));
  }

  /** A file; empty when an editor has removed or renamed it since the folder was listed. */
  private static Optional<RouteSource> source(Path path) throws IOException {
    try {
      return Optional.of(new RouteSource(path, Files.readAllBytes(path)));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }

  /** The route files of a folder, without the hidden files and backups of editors. */
  static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found.filter(RouteSources::isRouteFile).sorted().toList();
    }
  }

  /**
   * Whether a file is a route file by its name.
   *
   * <p>Editors leave {@code .#x.camel.yaml}, {@code .x.camel.yaml.swp}, {@code x.camel.yaml~} and
   * {@code x.camel.yaml.tmp} in the folder, and macOS {@code ._x.camel.yaml}.
   */
  private static boolean isRouteFile(Path path) {
    String name = String.valueOf(path.getFileName());
    return !name.startsWith(".") && name.endsWith(ENDING) && !Files.isDirectory(path);
  }

  /** Those that another moment does not have, or has with other content. */
  List<RouteSource> notIn(RouteSources other) {
    return files.stream()
        .filter(file -> other.named(file.name()).filter(file::hasContentOf).isEmpty())
        .toList();
  }

  boolean hasContentOf(RouteSources other) {
    return files.size() == other.files.size() && notIn(other).isEmpty();
  }

  private Optional<RouteSource> named(String name) {
    return files.stream().filter(file -> file.name().equals(name)).findFirst();
  }
}
