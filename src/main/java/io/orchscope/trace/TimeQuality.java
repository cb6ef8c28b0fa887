package io.orchscope.trace;

import java.util.Locale;

/** How well a time is known that MDSO wrote, or should have written. */
public enum TimeQuality {
  /** As MDSO wrote it. */
  EXACT,
  /** One of the two ends was not written; the other stands for both. */
  MISSING,
  /** It was negative, ran backwards or cannot be true, and was put where it does least harm. */
  CLAMPED;

  /** The word in attributes. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
