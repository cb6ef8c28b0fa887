package io.orchscope.hostlog;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The logs of one host, and what is remembered of them.
 *
 * @param host its name
 */
record HostLogs(String host, HostFiles files, Folders folders, LogIndex index, BlockCache cache) {

  /** Clocks differ a little, and threads write their lines a little late. */
  static final long SLACK_MILLIS = 5_000;

  TextFile open(HostFile file, Allowance allowance) {
    return new TextFile(files, file, allowance, cache);
  }

  LogOrigin origin(HostFile file, LogKind kind, Optional<String> device) {
    return new LogOrigin(host, file.path(), kind, device);
  }

  /** What is done with what is remembered of a log, while nobody else reads it. */
  <T> T withIndex(HostFile file, Allowance allowance, Use<T> use) throws IOException {
    try (TextFile text = open(file, allowance)) {
      FileIndex known = index.of(host, file, text);
      text.belongsTo(known);
      known.enter(allowance.budget());
      try {
        return use.of(text, known);
      } finally {
        index.settle(known);
        known.leave();
      }
    }
  }

  /** Files without those that are the compressed copy of another one, perhaps not yet whole. */
  static List<HostFile> withoutCopies(List<HostFile> files) {
    if (files.stream().noneMatch(HostFile::isPacked)) {
      return files;
    }
    Set<String> paths = files.stream().map(HostFile::path).collect(Collectors.toSet());
    return files.stream()
        .filter(
            file ->
                !LogNames.isGzip(file.name()) || !paths.contains(LogNames.unpacked(file.path())))
        .toList();
  }

  /** What is done with a log. */
  interface Use<T> {
    T of(TextFile text, FileIndex index) throws IOException;
  }
}
