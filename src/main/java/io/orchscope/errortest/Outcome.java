package io.orchscope.errortest;

import java.util.Locale;

/** What a test came to; closed, since it is an attribute of a metric. */
public enum Outcome {
  /** A device answers, and lets us in where we have an account. */
  UP(true),
  /** A device does not. */
  DOWN(true),
  /** There was nothing to try out. */
  SKIPPED(false),
  /** Devices have complained. */
  FOUND(true),
  /** Devices have not complained. */
  NONE(false),
  /** Not seen before the last deployment. */
  NEW(true),
  /** Seen before the last deployment. */
  KNOWN(false),
  /** It could not be tried out; another time it may. */
  NOT_TESTED(false);

  private final boolean isTold;

  Outcome(boolean isTold) {
    this.isTold = isTold;
  }

  /** Whether a room wants to hear of it by itself. */
  boolean isTold() {
    return isTold;
  }

  /** The word in the ledger, in metrics and on the page. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The outcome of a word of the ledger. */
  public static Outcome of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
