package io.orchscope.evidence;

import io.orchscope.settings.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

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
 *   &lt;n&gt;/gone/   a folder that is being deleted
 * </pre>
 *
 * <p>A crash between the two moves leaves nothing in place but both folders here; the next start
 * puts the new one in place, or the old one if the new one is not whole.
 */
final class Incoming implements AutoCloseable {

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
    OwnerOnly.tightenFolder(root);
    Leftovers.cleanUp(root, incoming, disk);
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
        && (Disk.exists(target)
            || !Disk.exists(work.resolve("old"))
            || !Disk.exists(parent(target)));
  }

  /** Ends a piece of work; a predecessor that was moved away for nothing is put back first. */
  void end(Path work, Place place) throws IOException {
    if (isHalfWay(work) && !Disk.exists(place.under(root))) {
      disk.makeFolders(place.circuitUnder(root));
      Files.move(work.resolve("old"), place.under(root), StandardCopyOption.ATOMIC_MOVE);
    }
    if (Disk.isEmpty(work)) {
      empty.add(work);
    } else {
      Disk.deleteAll(work);
    }
  }

  /**
   * Deletes a folder in place, which is out of place before the first of its files is.
   *
   * @param goes asked once more of what was moved: somebody may have replaced it by then
   * @return false when it was gone or is not to be deleted any more
   */
  boolean remove(Path folder, Predicate<Path> goes) throws IOException {
    Path work = area.resolve(Long.toString(next.incrementAndGet()));
    Path gone = work.resolve("gone");
    disk.makeFolder(work);
    try {
      Files.move(folder, gone, StandardCopyOption.ATOMIC_MOVE);
      if (!goes.test(gone)) {
        putBack(gone, folder);
        return false;
      }
      disk.force(work);
      disk.force(parent(folder));
      return true;
    } catch (NoSuchFileException somebodyElseWasFaster) {
      return false;
    } finally {
      Disk.deleteAll(work);
    }
  }

  /** Unless somebody has put a younger one in the place by now. */
  private void putBack(Path gone, Path folder) throws IOException {
    for (int tried = 1; !Disk.exists(folder); tried++) {
      disk.makeFolders(parent(folder));
      try {
        Files.move(gone, folder, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException disturbed) {
        if (tried == TRIES) {
          throw disturbed;
        }
      }
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

  /** Whether the predecessor was moved away and the new folder has not followed. */
  static boolean isHalfWay(Path work) {
    return Disk.exists(work.resolve("old")) && Disk.exists(work.resolve("new"));
  }

  private static Path parent(Path folder) {
    return folder.resolve("..").normalize();
  }

  @Override
  public void close() throws IOException {
    Disk.deleteAll(area);
    Files.deleteIfExists(lockFile);
    lock.close();
  }
}
