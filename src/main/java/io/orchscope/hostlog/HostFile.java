package io.orchscope.hostlog;

import java.time.Instant;

/**
 * A file or folder, as a host lists it.
 *
 * <p>Units: bytes; milliseconds since 1970, on the host's clock. A folder of plan logs has very
 * many of these, so there is no more in it than that.
 *
 * @param folder its path; empty text for the root
 * @param size as it stands there, so of a compressed file the compressed size
 */
record HostFile(String folder, String name, Kind kind, long size, long modified) {

  /** What can be done with it. */
  enum Kind {
    FOLDER,
    /** It can be read from any offset. */
    PLAIN,
    /** It is compressed, and read from its beginning. */
    PACKED
  }

  /** A regular file, compressed if its name says so. */
  static HostFile regular(String folder, String name, long size, long modified) {
    return new HostFile(
        folder, name, LogNames.isGzip(name) ? Kind.PACKED : Kind.PLAIN, size, modified);
  }

  static HostFile folder(String folder, String name) {
    return new HostFile(folder, name, Kind.FOLDER, 0, 0);
  }

  String path() {
    return folder + "/" + name;
  }

  boolean isFolder() {
    return kind == Kind.FOLDER;
  }

  boolean isPacked() {
    return kind == Kind.PACKED;
  }

  Instant modifiedAt() {
    return Instant.ofEpochMilli(modified);
  }
}
