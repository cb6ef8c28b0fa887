package io.orchscope.evidence;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where folders are built before they are in place: {@code .incoming} beside the products.
 *
 * <p>Every archive has an area of its own, {@code .incoming/<id>/}, and holds a lock on {@code
 * .incoming/<id>.lock} as long as it lives; so an archive that starts can tell what a dead one left
 * from what a living one, perhaps on another node, is building. In the area, one folder per piece
 * of work:
 *
 * <pre>
 *   &lt;n&gt;/new/    the folder to be; whole once it has a manifest
 *   &lt;n&gt;/place   where it belongs, written before a predecessor is moved away
 *   &lt;n&gt;/old/    the predecessor, from the moment it is moved away
 * </pre>
 *
 * <p>A crash between the two moves leaves nothing in place but both folders here; the next start
 * puts the new one in place, or the old one if the new one is not whole.
 */
final class Incoming implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Incoming.class);

  /** A folder that somebody else may swap or prune at the same moment is tried for so often. */
  private static final int TRIES = 20;

  private final Path root;
  private final Disk disk;
  private final Path area;
  private final Path lockFile;
  private final FileChannel lock;
  private final AtomicLong next = new AtomicLong();
  private final Queue<Path> empty = new ConcurrentLinkedQueue<>();

  private Incoming(Path root, Disk disk, Path area, Path lockFile, FileChannel lock) {
    this.root = root;
    this.disk = disk;
    this.area = area;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /** Cleans up after those that died, and makes an area of its own. */
  static Incoming open(Path root, Disk disk) throws IOException {
    Path incoming = root.resolve(".incoming");
    disk.makeFolders(incoming);
    recover(root, incoming, disk);
    String id = UUID.randomUUID().toString();
    Path lockFile = incoming.resolve(id + ".lock");
    FileChannel lock = disk.openLockFile(lockFile);
    // The lock comes before the area: an area without a held lock is a dead one's.
    if (lock.tryLock() == null) {
      throw new IOException("The lock " + lockFile + " is held by somebody else");
    }
    Path area = incoming.resolve(id);
    disk.makeFolders(area);
    return new Incoming(root, disk, area, lockFile, lock);
  }

  /** A fresh piece of work, in a folder that an earlier one has left empty if there is one. */
  Path begin() throws IOException {
    Path work = empty.poll();
    if (work == null) {
      work = area.resolve(Long.toString(next.incrementAndGet()));
      disk.makeFolder(work);
    }
    disk.makeFolder(work.resolve("new"));
    return work;
  }

  /**
   * Puts a built folder in place, in one move where nothing is there yet.
   *
   * <p>Errors: the predecessor, if there was one, is in place again.
   */
  void install(Path work, Place place) throws IOException {
    for (int tried = 1; Disk.exists(work.resolve("new")); tried++) {
      try {
        swap(work, place);
      } catch (IOException e) {
        if (tried == TRIES || !isDisturbed(work, place.under(root))) {
          throw e;
        }
      }
    }
  }

  private void swap(Path work, Place place) throws IOException {
    Path target = place.under(root);
    disk.makeFolders(place.circuitUnder(root));
    if (Disk.exists(target)) {
      moveAway(work, place);
    }
    Files.move(work.resolve("new"), target, StandardCopyOption.ATOMIC_MOVE);
    disk.force(place.circuitUnder(root));
  }

  /** Whether somebody else put a folder in place, or took one away, while we were about to. */
  private static boolean isDisturbed(Path work, Path target) {
    return Disk.exists(work.resolve("new"))
        && (Disk.exists(target) || !Disk.exists(work.resolve("old")));
  }

  /** Ends a piece of work; a predecessor that was moved away for nothing is put back first. */
  void end(Path work, Place place) throws IOException {
    if (isHalfWay(work) && !Disk.exists(place.under(root))) {
      Files.move(work.resolve("old"), place.under(root), StandardCopyOption.ATOMIC_MOVE);
    }
    if (Disk.isEmpty(work)) {
      empty.add(work);
    } else {
      Disk.deleteAll(work);
    }
  }

  private void moveAway(Path work, Place place) throws IOException {
    Path old = work.resolve("old");
    Disk.deleteAll(old);
    if (!Disk.exists(work.resolve("place"))) {
      disk.write(work.resolve("place"), place.toString().getBytes(StandardCharsets.UTF_8));
      disk.force(work);
    }
    Files.move(place.under(root), old, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void recover(Path root, Path incoming, Disk disk) throws IOException {
    for (Path dead : children(incoming)) {
      if (Files.isDirectory(dead)) {
        recoverArea(root, dead, incoming.resolve(incoming.relativize(dead) + ".lock"), disk);
      }
    }
  }

  private static void recoverArea(Path root, Path area, Path lockFile, Disk disk)
      throws IOException {
    try (FileChannel channel = disk.openLockFile(lockFile);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        return;
      }
      List<Path> works = new ArrayList<>();
      for (Path work : children(area)) {
        if (!Disk.isEmpty(work)) {
          works.add(work);
        }
      }
      for (Path work : works) {
        finish(root, work, disk);
      }
      Disk.deleteAll(area);
      Files.deleteIfExists(lockFile);
      if (!works.isEmpty()) {
        LOG.warn("Unfinished evidence of an earlier run was cleaned up. folders={}", works.size());
      }
    } catch (OverlappingFileLockException e) {
      LOG.debug("Another archive of this process is at work. path={}", area);
    }
  }

  private static void finish(Path root, Path work, Disk disk) throws IOException {
    if (!isHalfWay(work) || !Files.isRegularFile(work.resolve("place"))) {
      return;
    }
    var place = Place.parse(Files.readString(work.resolve("place")));
    if (place.isEmpty() || Disk.exists(place.get().under(root))) {
      return;
    }
    Path fresh = work.resolve("new");
    Path whole = Manifest.mismatches(fresh).isEmpty() ? fresh : work.resolve("old");
    disk.makeFolders(place.get().circuitUnder(root));
    Files.move(whole, place.get().under(root), StandardCopyOption.ATOMIC_MOVE);
    disk.force(place.get().circuitUnder(root));
    LOG.warn("Evidence that a crash left out of place was put back. folder={}", place.get());
  }

  /** Whether the predecessor was moved away and the new folder has not followed. */
  private static boolean isHalfWay(Path work) {
    return Disk.exists(work.resolve("old")) && Disk.exists(work.resolve("new"));
  }

  private static List<Path> children(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().toList();
    }
  }

  @Override
  public void close() throws IOException {
    Disk.deleteAll(area);
    Files.deleteIfExists(lockFile);
    lock.close();
  }
}
