package io.orchscope.evidence;

import io.orchscope.settings.OwnerOnly;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Keeps the logs of MDSO's hosts, one folder per attempt of a circuit, under a root of their own: a
 * folder of evidence is put in place as a whole, while logs come step by step, over several tries.
 *
 * <p>Every log is copied line by line through a {@link LineMask} into {@code .parts}, forced to the
 * disk, and put in its place by a rename. What broke off is gone on with, also by another process
 * after a crash. What is in place is whole; {@code manifest.json} says what it is and what is
 * missing. Once a folder is complete, nothing in it is touched any more.
 *
 * <p>Safe for any number of threads, and for several processes that share the root; one process has
 * one archive for a root, for locks of files are a process's. Errors: {@link StorageFault} when the
 * disk is full or refuses. Source: domain.md §5, §10 (27 to 31).
 */
public final class LogArchive {

  /** A folder that somebody else may remove at the same moment is tried for so often. */
  private static final int TRIES = 20;

  private final Path root;
  private final LogTools tools;
  private final LogPlaces places;
  private final Set<Path> inUse = ConcurrentHashMap.newKeySet();

  /** Writes nothing yet. */
  public LogArchive(
      Path root, LogForm form, Supplier<LineMask> masks, Clock clock, Durability durability) {
    this(
        root,
        new LogTools(
            form, masks, clock, new LogDisk(new Disk(durability), Hazard.NONE), LogTuning.USUAL));
  }

  LogArchive(Path root, LogTools tools) {
    this.root = root.toAbsolutePath().normalize();
    this.tools = tools;
    this.places = new LogPlaces(this.root);
    OwnerOnly.tightenFolder(this.root);
  }

  /**
   * The folder of an attempt, made if there is none in this layout, on whatever day; none while
   * somebody else works on it.
   */
  public Optional<LogFolder> open(LogSubject subject) {
    try {
      for (int tried = 1; true; tried++) {
        try {
          return open(subject, places.of(subject, tools.form(), tools.clock().instant()));
        } catch (NoSuchFileException takenAway) {
          if (tried == TRIES) {
            throw takenAway;
          }
        }
      }
    } catch (IOException e) {
      throw new StorageFault("A folder of logs cannot be opened", root, e);
    }
  }

  private Optional<LogFolder> open(LogSubject subject, Path folder) throws IOException {
    Optional<LogManifest> complete = complete(folder);
    if (complete.isPresent()) {
      return Optional.of(new LogFolder(folder, complete.get(), Optional.empty()));
    }
    Optional<FolderLock> lock = FolderLock.take(folder, inUse, tools.disk());
    if (lock.isEmpty()) {
      return Optional.empty();
    }
    boolean isOpen = false;
    try {
      LogFolder opened = open(subject, folder, lock.get());
      isOpen = true;
      return Optional.of(opened);
    } finally {
      if (!isOpen) {
        lock.get().close();
      }
    }
  }

  private LogFolder open(LogSubject subject, Path folder, FolderLock lock) throws IOException {
    // Somebody may have completed it, or begun another one under the name, before we had the lock.
    Optional<LogManifest> complete = complete(folder);
    if (complete.isPresent()) {
      lock.close();
      return new LogFolder(folder, complete.get(), Optional.empty());
    }
    Optional<LogManifest> kept = LogManifest.read(folder);
    if (kept.filter(it -> !LogPlaces.isOf(it, subject)).isPresent()) {
      throw new NoSuchFileException(folder.toString());
    }
    LogManifest manifest =
        kept.orElseGet(() -> LogManifest.fresh(subject, tools.clock().instant()));
    LogBench bench = new LogBench(folder, manifest, tools, lock);
    if (kept.isEmpty()) {
      bench.write(manifest);
    }
    return new LogFolder(folder, manifest, Optional.of(bench));
  }

  /** A crash may have left {@code .parts} beside a manifest that says all. */
  private Optional<LogManifest> complete(Path folder) throws IOException {
    Optional<LogManifest> complete = LogManifest.read(folder).filter(LogManifest::isComplete);
    if (complete.isPresent() && Disk.exists(folder.resolve(LogStates.FOLDER))) {
      tools.disk().deleteAll(folder.resolve(LogStates.FOLDER));
    }
    return complete;
  }

  /** What removes folders from this archive. */
  public LogPrune prune() {
    return new LogPrune(root, Optional.of(tools.disk()), inUse);
  }
}
