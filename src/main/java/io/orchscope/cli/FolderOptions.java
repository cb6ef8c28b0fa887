package io.orchscope.cli;

import io.orchscope.Configuration;
import io.orchscope.Folders;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Where the operator's files are; the same for every command. */
final class FolderOptions {

  @Option(
      names = "--config",
      paramLabel = "FOLDER",
      scope = ScopeType.INHERIT,
      description = "Folder of the configuration. Default: config.")
  private Path config = Path.of("config");

  @Option(
      names = "--routes",
      paramLabel = "FOLDER",
      scope = ScopeType.INHERIT,
      description = "Folder of the routes. Default: routes.")
  private Path routes = Path.of("routes");

  Folders folders() {
    return new Folders(config, routes);
  }

  Configuration configuration(Map<String, String> overrides) {
    return Configuration.read(config, System.getenv(), overrides);
  }
}
