package io.orchscope.defect;

import java.util.Locale;

/** What was decided about one revision of a resource. Every listed resource gets exactly one. */
public enum Outcome {
  UNCHANGED,
  HEALTHY,
  DEFECTIVE,
  UNREADABLE,
  DEAD_LETTERED;

  /** The word in summaries, metrics and the ledger. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
