package io.orchscope;

import io.orchscope.evidence.Durability;
import io.orchscope.evidence.EvidenceArchive;
import io.orchscope.settings.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/** Opened with the first circuit, so that a mere check of the routes leaves nothing behind. */
final class LazyArchive implements Supplier<EvidenceArchive>, AutoCloseable {

  private final Settings settings;
  private final Clock clock;
  private Optional<EvidenceArchive> archive = Optional.empty();

  LazyArchive(Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public synchronized EvidenceArchive get() {
    if (archive.isEmpty()) {
      archive =
          Optional.of(
              new EvidenceArchive(
                  Path.of(settings.text("evidence.root")),
                  clock,
                  settings.flag("evidence.fsync") ? Durability.FSYNC : Durability.NONE));
    }
    return archive.get();
  }

  @Override
  public synchronized void close() {
    archive.ifPresent(EvidenceArchive::close);
  }
}
