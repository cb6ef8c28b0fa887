package io.orchscope.evidence;

import io.orchscope.settings.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether evidence could be written now. */
public final class ArchiveProbe {

  /** As much as the evidence of a long orchestration takes. */
  private static final int BYTES = 256 * 1024;

  private final Path root;

  public ArchiveProbe(Path root) {
    this.root = root;
  }

  /** What is wrong; nothing when a file could be written and deleted. */
  public Optional<String> trouble() {
    try {
      if (!Files.isDirectory(root)) {
        OwnerOnly.folder(root);
      }
      Path file = Files.createTempFile(root, ".probe-", "");
      try {
        Files.write(file, new byte[BYTES]);
      } finally {
        Files.delete(file);
      }
      return Optional.empty();
    } catch (IOException denied) {
      return Optional.of(
          "nothing can be written below "
              + root
              + ": "
              + denied.getClass().getSimpleName()
              + ": "
              + denied.getMessage());
    }
  }
}
