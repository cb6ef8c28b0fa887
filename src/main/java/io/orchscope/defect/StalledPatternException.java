package io.orchscope.defect;

/** A pattern did not come to an end on a text within what it may cost; nothing is decided. */
final class StalledPatternException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StalledPatternException(String reason) {
    super(reason, null, false, false);
  }
}
