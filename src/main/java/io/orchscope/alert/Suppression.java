package io.orchscope.alert;

import java.util.Locale;

/** Why an alert is not told; closed, since it is an attribute of a metric. */
public enum Suppression {
  /** The room asked for more severe ones only. */
  BELOW_SEVERITY,
  /** The same occurrence was told before; the ledger decides that. */
  REPEATED;

  /** The word in metrics, events and summaries. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
