package io.orchscope.logtext;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A line of a log that says something about what happened, secrets masked.
 *
 * @param line its number in the log, from 1
 * @param at when it was written, as far as it says so
 * @param level as the log has it, upper case; empty where it has none
 * @param text the line without what was read off its beginning; several lines only for a stack
 *     trace and for the {@code message} of a Junos error; at most {@value #LONGEST} characters
 */
public record Remark(long line, Kind kind, Optional<Instant> at, String level, String text) {

  /** Longer ones are cut, with a mark at their end; stack traces, with one in their middle. */
  public static final int LONGEST = 2_000;

  /** What a line says. */
  public enum Kind {
    /** The {@code message} of an {@code xnm:error} of Junos. */
    DEVICE_ERROR,
    /** What ended the script: its last words, as in "Error in scripts…". */
    FAILURE,
    /** An exception with its stack trace. */
    EXCEPTION,
    /** Level ERROR or above. */
    ERROR,
    WARNING,
    /** A request with a code of 400 and above, or without an answer. */
    BAD_REPLY,
    /** How long something took, where it says so. */
    ELAPSED;

    /** The word in manifests. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
