package io.orchscope.evidence;

import io.orchscope.logtext.Remark;
import java.time.Instant;
import java.util.Optional;

/**
 * A line of a kept log that says something about what happened.
 *
 * @param artifact the name of the log in its folder
 * @param line its number in the log, from 1
 * @param kind the word of {@link Remark.Kind}
 * @param decisive whether it says why the attempt failed; absent where it does not
 */
public record LogRemark(
    String artifact,
    long line,
    String kind,
    Optional<Instant> at,
    String level,
    String text,
    Optional<Boolean> decisive) {

  static LogRemark of(String artifact, Remark remark, boolean decisive) {
    return new LogRemark(
        artifact,
        remark.line(),
        remark.kind().word(),
        remark.at(),
        remark.level(),
        remark.text(),
        decisive ? Optional.of(true) : Optional.empty());
  }

  /** The same under the name that its log has now. */
  LogRemark in(String name) {
    return new LogRemark(name, line, kind, at, level, text, decisive);
  }
}
