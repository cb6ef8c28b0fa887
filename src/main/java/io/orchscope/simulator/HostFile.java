package io.orchscope.simulator;

import java.time.Instant;
import java.util.function.Supplier;

/**
 * Something that stands at a path of a simulated host.
 *
 * @param size in bytes
 * @param target where a link leads, empty for what is none
 * @param readable whether those who log in may look into it
 * @param content called once for each time that a file is opened
 */
record HostFile(
    Kind kind,
    long size,
    Instant modified,
    String target,
    boolean readable,
    Supplier<ByteContent> content) {

  /** What it is. */
  enum Kind {
    FOLDER,
    FILE,
    LINK
  }

  static HostFile file(long size, Instant modified, Supplier<ByteContent> content) {
    return new HostFile(Kind.FILE, size, modified, "", true, content);
  }

  static HostFile text(byte[] bytes, Instant modified) {
    return file(bytes.length, modified, () -> ByteContent.of(bytes));
  }

  static HostFile folder(Instant modified) {
    return new HostFile(Kind.FOLDER, 4096, modified, "", true, HostFile::nothing);
  }

  static HostFile link(String target, Instant modified) {
    return new HostFile(Kind.LINK, target.length(), modified, target, true, HostFile::nothing);
  }

  /** The same, but its content is for others. */
  HostFile unreadable() {
    return new HostFile(kind, size, modified, target, false, content);
  }

  private static ByteContent nothing() {
    return ByteContent.of(new byte[0]);
  }
}
