package io.orchscope.evidence;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Removes folders of logs: those that were collected last before a moment, and then, if there is
 * more than there may be, the oldest of those that nobody will collect any more. A folder goes as a
 * whole: it is moved out of its place in one step, and only then taken apart. None goes that
 * somebody is at work on, nor one that is not ours.
 *
 * <p>Errors: {@link StorageFault} when the disk refuses; doing it again is safe.
 */
public final class LogPrune {

  private final Path root;
  private final Optional<LogDisk> disk;
  private final Set<Path> inUse;

  /**
   * What may stay.
   *
   * @param before what was collected last before that goes; none keeps it whatever its age
   * @param bytes that all folders together may have; none for any number
   */
  public record Limits(Optional<Instant> before, Optional<Long> bytes) {}

  /**
   * What was removed, or would be.
   *
   * @param tooOld folders that went for their age
   * @param tooMuch folders that went for the sum of all
   * @param bytes that they had
   * @param left bytes that are left
   */
  public record Pruned(long tooOld, long tooMuch, long bytes, long left) {}

  private record Held(Path folder, Instant collectedAt, boolean isEnded, long bytes) {}

  LogPrune(Path root, Optional<LogDisk> disk, Set<Path> inUse) {
    this.root = root.toAbsolutePath().normalize();
    this.disk = disk;
    this.inUse = inUse;
  }

  /** For a process without an archive under this root. */
  public static LogPrune of(Path root, Durability durability) {
    LogDisk disk = new LogDisk(new Disk(durability), Hazard.NONE);
    return new LogPrune(root, Optional.of(disk), ConcurrentHashMap.newKeySet());
  }

  /** One that only counts, and writes nothing. A root that is not there holds nothing. */
  public static LogPrune trial(Path root) {
    return new LogPrune(root, Optional.empty(), ConcurrentHashMap.newKeySet());
  }

  /**
   * Removes what the limits do not allow.
   *
   * @param goesOn asked before each folder; no ends it early
   */
  public Pruned run(Limits limits, BooleanSupplier goesOn) {
    try {
      if (disk.isEmpty() || !Files.isDirectory(root)) {
        return run(limits, goesOn, held -> true);
      }
      try (Incoming incoming = Incoming.open(root, disk.get().disk())) {
        return run(limits, goesOn, held -> remove(held, incoming, disk.get()));
      }
    } catch (IOException e) {
      throw new StorageFault("Logs could not be pruned", root, e);
    }
  }

  /**
   * Removes the logs of one circuit, of all products, however old.
   *
   * @param stays whether a resource, by its id, keeps its logs
   */
  public Pruned ofCircuit(String circuit, Predicate<String> stays) {
    try {
      if (disk.isEmpty() || !Files.isDirectory(root)) {
        return ofCircuit(circuit, stays, held -> true);
      }
      try (Incoming incoming = Incoming.open(root, disk.get().disk())) {
        return ofCircuit(circuit, stays, held -> remove(held, incoming, disk.get()));
      }
    } catch (IOException e) {
      throw new StorageFault("Logs could not be pruned", root, e);
    }
  }

  private Pruned ofCircuit(String circuit, Predicate<String> stays, Removal removal)
      throws IOException {
    long folders = 0;
    long bytes = 0;
    long left = 0;
    for (Held held : held()) {
      boolean goes =
          LogManifest.read(held.folder())
              .map(LogManifest::subject)
              .filter(subject -> subject.circuit().equals(circuit))
              .filter(subject -> !stays.test(subject.resourceId()))
              .isPresent();
      if (goes && removal.remove(held)) {
        folders++;
        bytes += held.bytes();
      } else {
        left += held.bytes();
      }
    }
    return new Pruned(folders, 0, bytes, left);
  }

  private interface Removal {
    boolean remove(Held held) throws IOException;
  }

  private Pruned run(Limits limits, BooleanSupplier goesOn, Removal removal) throws IOException {
    List<Held> all = new ArrayList<>(held());
    all.sort(Comparator.comparing(Held::collectedAt).thenComparing(Held::folder));
    long left = all.stream().mapToLong(Held::bytes).sum();
    long sum = left;
    long tooOld = 0;
    long tooMuch = 0;
    for (Held held : all) {
      boolean isOld = limits.before().filter(held.collectedAt()::isBefore).isPresent();
      if (isOld && goesOn.getAsBoolean() && removal.remove(held)) {
        tooOld++;
        left -= held.bytes();
      }
    }
    for (Held held : all) {
      boolean isOld = limits.before().filter(held.collectedAt()::isBefore).isPresent();
      boolean isTooMuch = limits.bytes().isPresent() && left > limits.bytes().get();
      boolean goes = !isOld && isTooMuch && held.isEnded();
      if (goes && goesOn.getAsBoolean() && removal.remove(held)) {
        tooMuch++;
        left -= held.bytes();
      }
    }
    return new Pruned(tooOld, tooMuch, sum - left, left);
  }

  private List<Held> held() throws IOException {
    List<Held> held = new ArrayList<>();
    for (Path folder : new LogPlaces(root).all()) {
      Optional<LogManifest> manifest = LogManifest.read(folder);
      if (LogPlaces.isOurs(folder)) {
        Instant at =
            manifest.isPresent()
                ? manifest.get().lastCollected()
                : Files.getLastModifiedTime(folder, NOFOLLOW_LINKS).toInstant();
        boolean isEnded = manifest.filter(it -> !it.isIncomplete()).isPresent();
        held.add(new Held(folder, at, isEnded, Sizes.of(folder)));
      }
    }
    return held;
  }

  /** Complete folders are nobody's; any other is locked for the moment in which it goes. */
  private boolean remove(Held held, Incoming incoming, LogDisk disk) throws IOException {
    Path folder = held.folder();
    if (!Disk.exists(folder)) {
      return false;
    }
    Optional<FolderLock> lock = FolderLock.take(folder, inUse, disk);
    if (lock.isEmpty()) {
      return false;
    }
    try (FolderLock taken = lock.get()) {
      boolean isRemoved = incoming.remove(folder, gone -> true);
      removeIfEmpty(folder.resolve("..").normalize());
      return isRemoved;
    }
  }

  private void removeIfEmpty(Path parent) throws IOException {
    try {
      if (!parent.equals(root)) {
        Files.deleteIfExists(parent);
      }
    } catch (DirectoryNotEmptyException inUseByOthers) {
      // Other attempts, or another day's circuits, are in it.
      return;
    }
  }

  /** The bytes in a folder; a file with two names counts once. */
  private static final class Sizes extends SimpleFileVisitor<Path> {

    private final Set<Object> seen = new HashSet<>();
    private long sum;

    static long of(Path folder) throws IOException {
      Sizes sizes = new Sizes();
      Files.walkFileTree(folder, sizes);
      return sizes.sum;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      Object key = attributes.fileKey();
      if (key == null || seen.add(key)) {
        sum += attributes.size();
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException gone) {
      return FileVisitResult.CONTINUE;
    }
  }
}
