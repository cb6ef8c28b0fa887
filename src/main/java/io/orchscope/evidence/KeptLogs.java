package io.orchscope.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds, reads and checks the logs that an archive has kept, in either layout; it only reads, so it
 * may run beside the archive.
 *
 * <p>Errors: {@link StorageFault} when a folder cannot be listed or a log cannot be read. A root
 * that is not there holds nothing, and folders without a manifest of ours are passed over: the old
 * collector may have the same root.
 */
public final class KeptLogs {

  private final Path root;
  private final LogPlaces places;

  public KeptLogs(Path root) {
    this.root = root.toAbsolutePath().normalize();
    this.places = new LogPlaces(this.root);
  }

  /** All, the newest attempt first. */
  public List<StoredLogs> all() {
    try {
      return stored(places.all());
    } catch (IOException e) {
      throw new StorageFault("Logs could not be listed", root, e);
    }
  }

  /** Those of a circuit, over all products, the newest attempt first. */
  public List<StoredLogs> of(String circuit) {
    try {
      return stored(places.of(circuit)).stream()
          .filter(it -> it.manifest().subject().circuit().equals(circuit))
          .toList();
    } catch (IOException e) {
      throw new StorageFault("Logs could not be listed", root, e);
    }
  }

  /**
   * Those of one attempt.
   *
   * @param evidence where its verdict is, as {@link LogSubject#evidence} says it
   */
  public Optional<StoredLogs> ofAttempt(String evidence) {
    Optional<Place> place = Place.parse(evidence);
    if (place.isEmpty()) {
      return Optional.empty();
    }
    Optional<StoredLogs> own = open(evidence);
    if (own.isPresent()) {
      return own;
    }
    List<StoredLogs> candidates =
        SafeName.decode(place.get().circuit()).map(this::of).orElseGet(this::all);
    return candidates.stream()
        .filter(it -> it.manifest().subject().evidence().equals(evidence))
        .findFirst();
  }

  /** Every folder of ours, for {@link #verify}, with a readable manifest or without. */
  public List<String> folders() {
    try {
      return places.all().stream().filter(LogPlaces::isOurs).map(places::nameOf).toList();
    } catch (IOException e) {
      throw new StorageFault("Logs could not be listed", root, e);
    }
  }

  /** The same of one circuit. */
  public List<String> folders(String circuit) {
    try {
      return places.of(circuit).stream()
          .filter(LogPlaces::isOurs)
          .filter(folder -> mayBeOf(folder, circuit))
          .map(places::nameOf)
          .toList();
    } catch (IOException e) {
      throw new StorageFault("Logs could not be listed", root, e);
    }
  }

  private static boolean mayBeOf(Path folder, String circuit) {
    return LogManifest.read(folder)
        .map(manifest -> manifest.subject().circuit().equals(circuit))
        .orElse(true);
  }

  /** What a folder holds; none when there is nothing of ours. */
  public Optional<StoredLogs> open(String folder) {
    return places
        .folder(folder)
        .flatMap(LogManifest::read)
        .map(manifest -> new StoredLogs(folder, manifest));
  }

  /**
   * The text of an artifact, uncompressed.
   *
   * @param most so many bytes of it at most
   */
  public InputStream read(String folder, LogManifest.Artifact artifact, long most) {
    try {
      Path path = places.folder(folder).orElseThrow(() -> new NoSuchFileException(folder));
      return ArtifactFile.open(path, artifact, most);
    } catch (IOException e) {
      throw new StorageFault("A log could not be read", root, e);
    }
  }

  /** The manifest, byte for byte; none when there is none. */
  Optional<byte[]> manifestFile(String folder) {
    try {
      Optional<Path> file =
          places.folder(folder).flatMap(path -> ArtifactFile.find(path, LogManifest.FILE));
      return file.isPresent() ? Optional.of(Files.readAllBytes(file.get())) : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /**
   * What in a folder is not what was kept, as sentences; nothing when all of it is. What is still
   * being collected is checked as far as it is in its place.
   */
  public List<String> verify(String folder) {
    return places
        .folder(folder)
        .map(LogCheck::mismatches)
        .orElseGet(() -> List.of("'" + folder + "' is not a folder of logs."));
  }

  private List<StoredLogs> stored(List<Path> folders) {
    List<StoredLogs> stored = new ArrayList<>();
    for (Path folder : folders) {
      LogManifest.read(folder)
          .ifPresent(manifest -> stored.add(new StoredLogs(places.nameOf(folder), manifest)));
    }
    stored.sort(
        Comparator.comparing((StoredLogs it) -> it.manifest().subject().attemptedAt())
            .thenComparing(StoredLogs::folder)
            .reversed());
    return List.copyOf(stored);
  }
}
