package io.orchscope.logtext;

import java.time.Instant;
import java.util.Optional;

/**
 * A line of a log with what stands before its message read off.
 *
 * @param stamp the time as it is written; empty where there is none
 * @param level upper case; empty where there is none
 * @param message the whole line where it begins with nothing of that
 */
record LogLine(String raw, String stamp, String level, String message) {

  static LogLine of(String raw) {
    return new LinePrefix(raw).read();
  }

  boolean hasStamp() {
    return !stamp.isEmpty();
  }

  Optional<Instant> at() {
    return Stamp.instant(stamp);
  }
}
