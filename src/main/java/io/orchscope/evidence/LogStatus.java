package io.orchscope.evidence;

import java.util.Locale;

/** How far the logs of an attempt have come. */
public enum LogStatus {
  /** All that there will ever be is here; nothing is touched any more. */
  COMPLETE,
  /** Another try may bring more. */
  INCOMPLETE,
  /** Something is missing, and nobody will try again by themselves. */
  GIVEN_UP;

  /** The word in manifests. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
