package io.orchscope.errortest;

import io.orchscope.settings.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.sshd.common.config.keys.PublicKeyEntry;

/**
 * The keys by which devices are known: taken for good when they are first seen, and asked for ever
 * after.
 *
 * <p>Shape: a file as OpenSSH's {@code known_hosts}, {@code NAME ssh-ed25519 AAAA…}, so that {@code
 * ssh-keygen -R NAME -f FILE} forgets a device. Lines that are added or removed by others count at
 * once. Of several lines with one name the first counts.
 */
final class HostKeys {

  /** What a key is to the name that it was shown for. */
  enum Standing {
    FIRST_SEEN,
    KNOWN,
    CHANGED
  }

  private final Path file;
  private final Map<String, String> keys = new HashMap<>();
  private String version = "";

  HostKeys(Path file) {
    this.file = file;
    OwnerOnly.tighten(file);
  }

  /**
   * Looks at a key, and writes it down when the name is new.
   *
   * <p>Errors: {@link UncheckedIOException} when the file cannot be read or written; the key is not
   * to be trusted then.
   *
   * @param port a name has one key at each
   */
  synchronized Standing look(String name, int port, PublicKey key) {
    String lower = name.toLowerCase(Locale.ROOT);
    String known = port == 22 ? lower : "[" + lower + "]:" + port;
    String shown = PublicKeyEntry.toString(key);
    try {
      refresh();
      String before = keys.get(known);
      if (before != null) {
        return before.equals(shown) ? Standing.KNOWN : Standing.CHANGED;
      }
      append(known + " " + shown + "\n");
      return Standing.FIRST_SEEN;
    } catch (IOException unusable) {
      throw new UncheckedIOException("The host keys in " + file + " cannot be kept.", unusable);
    }
  }

  private void append(String line) throws IOException {
    if (!Files.exists(file)) {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        OwnerOnly.folder(folder);
      }
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.writeString(file, line, StandardOpenOption.APPEND);
  }

  /** Reads the file when it is another than it was. */
  private void refresh() throws IOException {
    if (!Files.exists(file)) {
      keys.clear();
      version = "";
      return;
    }
    BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
    String seen = now.lastModifiedTime() + "/" + now.size() + "/" + now.fileKey();
    if (seen.equals(version)) {
      return;
    }
    keys.clear();
    for (String line : Files.readAllLines(file)) {
      String[] parts = line.strip().split("\\s+", -1);
      if (parts.length >= 3 && !parts[0].startsWith("#") && !parts[0].startsWith("@")) {
        for (String name : parts[0].split(",", -1)) {
          keys.putIfAbsent(name.toLowerCase(Locale.ROOT), parts[1] + " " + parts[2]);
        }
      }
    }
    version = seen;
  }
}
