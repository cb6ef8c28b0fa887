package io.orchscope.logtext;

import java.time.Instant;
import java.util.Optional;

/** What a line says, before its secrets are taken out. */
record Statement(Remark.Kind kind, Optional<Instant> at, String level, String text) {

  static Statement of(Remark.Kind kind, LogLine line, String text) {
    return new Statement(kind, line.at(), line.level(), text);
  }
}
