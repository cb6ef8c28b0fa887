package io.orchscope.hostlog;

import io.orchscope.hostlog.LogGap.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A zip archive in a temporary file, which is deleted when nobody needs it any longer.
 *
 * <p>Names in it are names: nothing is ever unpacked to a path. Errors: NOT_READABLE when it is no
 * zip file, or one made to fill memory.
 */
final class SpooledArchive {

  private static final Logger LOG = LoggerFactory.getLogger(SpooledArchive.class);

  private static final int EXTENDED_TIME = 0x5455;

  private final Path file;
  private final ZipFile zip;
  private final Map<String, ZipEntry> entries = new LinkedHashMap<>();
  private final List<HostFile> files = new ArrayList<>();
  private int readers;
  private boolean isRetired;

  private SpooledArchive(Path file, ZipFile zip) {
    this.file = file;
    this.zip = zip;
  }

  static SpooledArchive open(Path file) throws HostFault {
    try {
      ZipEnd.requireSmall(file);
      // Names that are not UTF-8 are read byte by byte; those that say they are UTF-8 still are.
      ZipFile zip = new ZipFile(file.toFile(), ZipFile.OPEN_READ, StandardCharsets.ISO_8859_1);
      SpooledArchive archive = new SpooledArchive(file, zip);
      Collections.list(zip.entries()).forEach(archive::add);
      return archive;
    } catch (IOException | RuntimeException e) {
      throw new HostFault(
          Reason.NOT_READABLE, "The log archive is no sound zip file: " + e.getMessage(), e);
    }
  }

  private void add(ZipEntry entry) {
    String path = "/" + entry.getName().replace('\\', '/');
    if (entry.isDirectory() || path.endsWith("/")) {
      return;
    }
    int name = path.lastIndexOf('/') + 1;
    if (entries.put(path, entry) == null) {
      files.add(
          new HostFile(
              path.substring(0, name - 1),
              path.substring(name),
              HostFile.Kind.PACKED,
              Math.max(0, entry.getSize()),
              modified(entry)));
    }
  }

  List<HostFile> files() {
    return Collections.unmodifiableList(files);
  }

  HostFile stat(String path) throws HostFault {
    return files.stream()
        .filter(it -> it.path().equals(path))
        .findFirst()
        .orElseThrow(() -> absent(path));
  }

  /** A reader of an entry, for whom the archive stays. */
  OpenFile open(String path) throws IOException {
    ZipEntry entry = entries.get(path);
    if (entry == null) {
      throw absent(path);
    }
    enter();
    try {
      return new Entry(entry, zip.getInputStream(entry));
    } catch (IOException | RuntimeException e) {
      leave();
      throw unsound(path, e);
    }
  }

  /** It goes as soon as the last reader has gone. */
  synchronized void retire() {
    isRetired = true;
    if (readers == 0) {
      delete();
    }
  }

  private synchronized void enter() throws HostFault {
    if (isRetired) {
      throw new HostFault(Reason.BROKE_OFF, "The log archive was fetched anew meanwhile");
    }
    readers++;
  }

  private synchronized void leave() {
    readers--;
    if (isRetired && readers == 0) {
      delete();
    }
  }

  private void delete() {
    try {
      zip.close();
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("A temporary log archive could not be deleted. path={}", file, e);
    }
  }

  private static HostFault absent(String path) {
    return new HostFault(Reason.NOT_FOUND, path + " is not in the log archive");
  }

  private static HostFault unsound(String path, Exception cause) {
    return cause instanceof HostFault ours
        ? ours
        : new HostFault(Reason.NOT_READABLE, path + ": " + cause.getMessage(), cause);
  }

  /** A zip's own time has no zone and is the host's, UTC; Java would take it for ours. */
  private static long modified(ZipEntry entry) {
    if (hasExtendedTime(entry)) {
      return entry.getLastModifiedTime().toMillis();
    }
    return entry.getTime() < 0
        ? Long.MAX_VALUE
        : entry.getTimeLocal().toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  private static boolean hasExtendedTime(ZipEntry entry) {
    byte[] extra = entry.getExtra() == null ? new byte[0] : entry.getExtra();
    int at = 0;
    while (at + 4 <= extra.length) {
      int tag = (extra[at] & 0xff) | (extra[at + 1] & 0xff) << 8;
      if (tag == EXTENDED_TIME) {
        return true;
      }
      at += 4 + ((extra[at + 2] & 0xff) | (extra[at + 3] & 0xff) << 8);
    }
    return false;
  }

  /** An entry that is read from its beginning to its end. */
  private final class Entry implements OpenFile {

    private final ZipEntry entry;
    private final InputStream text;
    private long next;
    private boolean isClosed;

    private Entry(ZipEntry entry, InputStream text) {
      this.entry = entry;
      this.text = text;
    }

    @Override
    public int read(long offset, byte[] into, int start, int length) throws IOException {
      if (offset != next) {
        throw new IllegalArgumentException("An entry is read from its beginning.");
      }
      try {
        int count = text.read(into, start, length);
        next += Math.max(0, count);
        UnpackedStream.requireHonest(next, entry.getCompressedSize());
        return count;
      } catch (IOException e) {
        throw unsound(entry.getName(), e);
      }
    }

    @Override
    public void close() throws IOException {
      if (!isClosed) {
        isClosed = true;
        text.close();
        leave();
      }
    }
  }
}
