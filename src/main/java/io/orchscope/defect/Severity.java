package io.orchscope.defect;

import java.util.Locale;

/** How soon a person should look. */
public enum Severity {
  CRITICAL,
  MAJOR,
  MINOR,
  WARNING;

  /** The word in {@code config/defect-rules.yaml}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
