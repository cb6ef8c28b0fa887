package io.orchscope.circuit;

import java.util.Locale;

/**
 * Which entry of an orchestration trace is <em>the</em> error of a product. Source: domain.md §3.3.
 */
public enum ErrorEntryRule {
  /** The first entry that carries a categorized error. */
  FIRST_CATEGORIZED,
  /** The same, passing over connectivity checks, which fail by design while a device is away. */
  FIRST_EXCEPT_CONNECTIVITY_CHECK,
  /**
   * All of them but connectivity checks, up to the first that names a partially disconnected end.
   */
  DISCONNECT;

  /** The word in {@code config/products.yaml}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
