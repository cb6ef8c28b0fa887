package io.orchscope.evidence;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What archives left under {@code .incoming} that have died; what living ones build stays. */
final class Leftovers {

  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

  /** Puts in place what is whole and was between two places, and deletes the rest. */
  static void cleanUp(Path root, Path incoming, Disk disk) throws IOException {
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
    if (!Incoming.isHalfWay(work) || !Files.isRegularFile(work.resolve("place"))) {
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

  private static List<Path> children(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().toList();
    }
  }

  private Leftovers() {}
}
