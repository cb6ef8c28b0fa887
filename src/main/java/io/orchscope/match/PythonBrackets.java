package io.orchscope.match;

import io.orchscope.match.PythonPattern.Dialect;

/**
 * A set between brackets, in Java's words: for Python a bracket or two ampersands in it are
 * characters like others.
 */
record PythonBrackets(PythonText text, Dialect dialect) {

  /** The set with both brackets; the first of them is read already. */
  String translated() throws RefusedPatternException {
    int begun = text.column() - 1;
    StringBuilder written = new StringBuilder("[");
    if (text.take("^")) {
      written.append('^');
    }
    boolean isFirst = true;
    while (isFirst || text.peek() != ']') {
      if (text.isAtEnd()) {
        throw text.refused(begun, "'[' is not closed", PythonPattern.QUOTE_IT);
      }
      boolean isClass = member(written);
      if (text.peek() == '-' && !text.isNext("-]")) {
        range(written, isClass);
      }
      isFirst = false;
    }
    text.take("]");
    return written.append(']').toString();
  }

  private void range(StringBuilder written, boolean beginsWithClass)
      throws RefusedPatternException {
    int column = text.column();
    text.take("-");
    written.append('-');
    boolean endsWithClass = text.isAtEnd() || member(written);
    if ((beginsWithClass || endsWithClass) && !text.isAtEnd()) {
      throw text.refused(
          column, "a range ends at a class, as in [a-\\d]", "Put the - at the end: [a\\d-].");
    }
  }

  /** One character or class; answers whether it is a class. */
  private boolean member(StringBuilder written) throws RefusedPatternException {
    int column = text.column();
    if (text.take("\\")) {
      if (text.take("b")) {
        written.append("\\x08");
        return false;
      }
      boolean isClass = "dDwWsSpPhHV".indexOf(text.peek()) >= 0;
      written.append(new PythonEscapes(text, dialect).translated(column));
      return isClass;
    }
    char character = text.next();
    boolean isSpecial = "[]&^-".indexOf(character) >= 0;
    written.append(isSpecial ? "\\" : "").append(character);
    return false;
  }
}
