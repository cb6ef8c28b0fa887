package io.orchscope.hostlog;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Finds out whether a log mentions an id; what it mentions is remembered for the next circuit. */
final class MentionSearch {

  private final HostLogs logs;
  private final Needles ids;
  private final Allowance allowance;

  MentionSearch(HostLogs logs, Needles ids, Allowance allowance) {
    this.logs = logs;
    this.ids = ids;
    this.allowance = allowance;
  }

  /** Whether one of the ids is in the text of a file. */
  boolean isIn(HostFile file) throws IOException {
    if (!ids.isKept()) {
      return isInText(file);
    }
    return file.isPacked()
        ? logs.withIndex(file, allowance, this::mayBeInPacked) && isInText(file)
        : logs.withIndex(file, allowance, this::isInPlain);
  }

  private boolean isInPlain(TextFile text, FileIndex index) throws IOException {
    for (int block = 0; block < text.count(); block++) {
      if (ids.mayBeAmong(index.facts(block, text.count(), text).mentions())
          && Reach.of(block, text, ids).isAny()) {
        return true;
      }
    }
    return false;
  }

  private boolean mayBeInPacked(TextFile text, FileIndex index) throws IOException {
    byte[] before = {};
    for (int block = 0; index.count().isEmpty() || block < index.count().getAsInt(); block++) {
      Optional<Facts> known = index.facts(block);
      if (known.isEmpty()) {
        if (before.length == 0 && block > 0) {
          before = text.packed(block - 1);
        }
        byte[] read = text.packed(block);
        if (read.length == 0) {
          index.rememberCount(block);
          return false;
        }
        known = Optional.of(index.remember(block, before, read));
        before = read;
      }
      if (ids.mayBeAmong(known.get().mentions())) {
        return true;
      }
    }
    return false;
  }

  /** Ids that are no UUIDs are looked for byte by byte; of compressed logs all are. */
  private boolean isInText(HostFile file) throws IOException {
    int overlap = ids.longest() + 1;
    byte[] text = {};
    try (InputStream in = TextFile.text(logs.files(), file, allowance)) {
      for (byte[] next = in.readNBytes(TextFile.BLOCK);
          next.length > 0;
          next = in.readNBytes(TextFile.BLOCK)) {
        int kept = Math.min(overlap, text.length);
        byte[] joined = Arrays.copyOfRange(text, text.length - kept, text.length + next.length);
        System.arraycopy(next, 0, joined, kept, next.length);
        text = joined;
        if (ids.isIn(text, Math.min(kept, 1), text.length)) {
          return true;
        }
      }
    }
    return false;
  }
}
