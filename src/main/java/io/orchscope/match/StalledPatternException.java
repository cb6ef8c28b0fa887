package io.orchscope.match;

/** A pattern did not come to an end on a text within what it may cost; nothing is decided. */
public final class StalledPatternException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Shape: {@code reason} is half a sentence about the pattern, {@code it takes …}. */
  public StalledPatternException(String reason) {
    super(reason, null, false, false);
  }
}
