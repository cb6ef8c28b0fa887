package io.orchscope;

import java.nio.file.Path;

/** Where the operators' files are. */
public record Folders(Path config, Path routes) {

  /** Those below the working directory. */
  public static Folders here() {
    return new Folders(Path.of("config"), Path.of("routes"));
  }
}
