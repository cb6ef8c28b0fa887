package io.orchscope.evidence;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Whether a folder of logs holds what it should, byte for byte, and nothing else. */
final class LogCheck {

  /** A folder that is being collected changes while we look; so often do we look. */
  private static final int LOOKS = 3;

  /** What does not fit, as sentences. */
  static List<String> mismatches(Path folder) {
    List<String> found = List.of();
    for (int look = 1; look <= LOOKS; look++) {
      Optional<LogManifest> manifest = LogManifest.read(folder);
      if (manifest.isEmpty()) {
        return withoutManifest(folder);
      }
      found = look(folder, manifest.get());
      if (found.isEmpty() || !manifest.get().isIncomplete()) {
        return found;
      }
    }
    return found;
  }

  private static List<String> withoutManifest(Path folder) {
    try {
      return LogPlaces.isUnused(folder)
          ? List.of()
          : List.of("manifest.json cannot be read, or is in another format.");
    } catch (IOException e) {
      return unreadable(e);
    }
  }

  private static List<String> unreadable(IOException e) {
    return List.of("The folder cannot be read: " + e.getClass().getSimpleName() + ".");
  }

  private static List<String> look(Path folder, LogManifest manifest) {
    try {
      List<String> found = new ArrayList<>();
      NavigableSet<String> present = Names.below(folder);
      present.remove(LogManifest.FILE);
      for (Map.Entry<String, LogManifest.Artifact> due :
          due(folder, manifest, present).entrySet()) {
        if (!present.remove(due.getKey())) {
          found.add(due.getKey() + " is missing.");
        } else if (!ArtifactFile.fits(folder, due.getKey(), due.getValue())) {
          found.add(due.getKey() + " is not what was kept.");
        }
      }
      present.forEach(name -> found.add(name + " was not kept by us."));
      return List.copyOf(found);
    } catch (IOException e) {
      return unreadable(e);
    }
  }

  /**
   * The files that have to be in place, by their names.
   *
   * @param present files on their way to or from their places are taken out
   */
  private static NavigableMap<String, LogManifest.Artifact> due(
      Path folder, LogManifest manifest, NavigableSet<String> present) throws IOException {
    NavigableMap<String, LogManifest.Artifact> due = new TreeMap<>();
    if (manifest.isComplete()) {
      manifest.artifacts().forEach(artifact -> add(artifact, due));
      return due;
    }
    LogDisk disk = new LogDisk(new Disk(Durability.NONE), Hazard.NONE);
    LogStates states = LogStates.read(folder, manifest, disk);
    for (LogState state : states.all()) {
      if (states.isOnItsWay(state)) {
        present.remove(state.placed());
        present.remove(state.placedOtherwise());
        state.copy().ifPresent(present::remove);
      } else {
        state.whole().ifPresent(whole -> add(LogManifest.Artifact.of(state, whole), due));
      }
    }
    return due;
  }

  private static void add(
      LogManifest.Artifact artifact, NavigableMap<String, LogManifest.Artifact> due) {
    due.put(artifact.name(), artifact);
    artifact.copy().ifPresent(copy -> due.put(copy, artifact));
  }

  /** The files below a folder, links and all, but for what is still in {@code .parts}. */
  private static final class Names extends SimpleFileVisitor<Path> {

    private final Path folder;
    private final NavigableSet<String> names = new TreeSet<>();

    private Names(Path folder) {
      this.folder = folder;
    }

    static NavigableSet<String> below(Path folder) throws IOException {
      Names found = new Names(folder);
      Files.walkFileTree(folder, found);
      return found.names;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
      return path.equals(folder.resolve(LogStates.FOLDER))
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      names.add(folder.relativize(file).toString().replace('\\', '/'));
      return FileVisitResult.CONTINUE;
    }
  }

  private LogCheck() {}
}
