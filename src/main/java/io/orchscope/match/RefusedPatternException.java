package io.orchscope.match;

/** A pattern that cannot be used. */
public final class RefusedPatternException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int column;
  private final String remedy;

  RefusedPatternException(int column, String reason, String remedy) {
    super(reason, null, false, false);
    this.column = column;
    this.remedy = remedy;
  }

  /** Where in the pattern, from 1; 0 when that is not known. */
  public int column() {
    return column;
  }

  /** What to do about it, a full sentence. */
  public String remedy() {
    return remedy;
  }
}
