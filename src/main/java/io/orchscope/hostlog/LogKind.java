package io.orchscope.hostlog;

import java.util.Locale;

/** Who wrote a log. */
public enum LogKind {
  /** A plan script: one file for each run. */
  PLAN,
  /** A resource adapter: one file for many devices, rotated. */
  RA;

  /** The word in manifests. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
