package io.orchscope.hostlog;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is remembered of logs, of those that were needed last; safe for any number of threads.
 *
 * <p>A log that others append to keeps its beginning, also when it is renamed: a large one is known
 * by its first {@value #HEAD} bytes, if there is a time in them, so that nothing is forgotten when
 * it grows or is rotated. Every other one is known by host, path, size and time.
 */
final class LogIndex {

  /** Bytes at its beginning by which a large log is known. */
  static final int HEAD = 4096;

  private static final int LARGE = 128 * 1024;
  private static final int MOST_PLACES = 20_000;

  private final long mostBytes;
  private final Map<String, Kept> files = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, Place> places = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /** Remembers nothing yet, and never more than about these bytes. */
  LogIndex(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** What is remembered of a file; its beginning may be read for that. */
  FileIndex of(String host, HostFile file, TextFile text) throws IOException {
    String path = host + ":" + file.path();
    if (file.isPacked() || file.size() <= LARGE) {
      return index(path + "|" + file.size() + "|" + file.modified(), Optional.empty());
    }
    Optional<Place> known = place(path);
    if (known.isEmpty() || !known.get().isOf(file)) {
      byte[] head = text.head();
      boolean isTelling = TimeStamps.firstIn(head, head.length, true) != TimeStamps.NONE;
      Optional<String> hash = isTelling ? Optional.of(headOf(head)) : Optional.empty();
      String identity =
          hash.map(it -> host + "#" + it).orElse(path + "|" + file.size() + "|" + file.modified());
      known = Optional.of(new Place(file.size(), file.modified(), identity, hash));
      remember(path, known.get());
    }
    return index(known.get().identity(), known.get().head());
  }

  /**
   * Takes note that more is remembered of a file; what was not needed for long is forgotten. Called
   * by who has its turn.
   */
  void settle(FileIndex file) {
    settle(file.identity(), file.weight());
  }

  private synchronized void settle(String identity, long weight) {
    Kept kept = files.get(identity);
    if (kept == null) {
      return;
    }
    bytes += weight - kept.weight;
    kept.weight = weight;
    while (bytes > mostBytes && files.size() > 1) {
      Kept eldest = files.values().iterator().next();
      files.remove(eldest.file.identity());
      bytes -= eldest.weight;
    }
  }

  /** By what a log is known that begins so. */
  static String headOf(byte[] head) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(head);
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  private synchronized FileIndex index(String identity, Optional<String> head) {
    Kept known = files.get(identity);
    if (known == null) {
      known = new Kept(new FileIndex(identity, head));
      files.put(identity, known);
      bytes += known.weight;
    }
    return known.file;
  }

  private synchronized Optional<Place> place(String path) {
    return Optional.ofNullable(places.get(path));
  }

  private synchronized void remember(String path, Place place) {
    places.put(path, place);
    if (places.size() > MOST_PLACES) {
      places.remove(places.keySet().iterator().next());
    }
  }

  /** What was in a file when it had this size and time. */
  private record Place(long size, long modified, String identity, Optional<String> head) {

    boolean isOf(HostFile file) {
      return size == file.size() && modified == file.modified();
    }
  }

  /** With the weight that is accounted for. */
  private static final class Kept {

    private final FileIndex file;
    private long weight;

    private Kept(FileIndex file) {
      this.file = file;
      this.weight = file.weight();
    }
  }
}
