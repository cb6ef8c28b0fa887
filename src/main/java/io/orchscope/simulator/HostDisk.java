package io.orchscope.simulator;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All that a simulated host has on its disk; nothing of it stands on ours. */
final class HostDisk {

  private final Instant start;
  private final Map<String, HostFolder> folders;
  private final Map<String, SortedSet<String>> parents = new TreeMap<>();

  /**
   * A disk with these folders, and those that they stand in.
   *
   * @param start when the folders were changed last
   * @param folders by path, with {@code /}
   */
  HostDisk(Instant start, Map<String, HostFolder> folders) {
    this.start = start;
    this.folders = Map.copyOf(folders);
    for (String path : folders.keySet()) {
      String child = path;
      while (child.length() > 1) {
        parents.computeIfAbsent(parent(child), key -> new TreeSet<>()).add(name(child));
        child = parent(child);
      }
    }
  }

  /** What is at a path, which has no {@code ..} in it. */
  Optional<HostFile> at(String path) {
    if (folders.containsKey(path) || parents.containsKey(path)) {
      return Optional.of(HostFile.folder(start));
    }
    return Optional.ofNullable(folders.get(parent(path)))
        .flatMap(folder -> folder.file(name(path)));
  }

  /** The names in a folder; none when it is empty, or no folder. */
  Stream<String> names(String path) {
    HostFolder folder = folders.get(path);
    Stream<String> inner = parents.getOrDefault(path, new TreeSet<>()).stream();
    return folder == null ? inner : Stream.concat(inner, folder.names());
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash == 0 ? "/" : path.substring(0, slash);
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
