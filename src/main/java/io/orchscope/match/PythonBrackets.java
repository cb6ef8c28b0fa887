package io.orchscope.match;

import io.orchscope.match.PythonPattern.Dialect;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A set between brackets, in Java's words: for Python a bracket or two ampersands in it are
 * characters like others.
 */
record PythonBrackets(PythonText text, Dialect dialect) {

  /** No group can be meant here, so digits are the number of a character. */
  private static final Pattern OCTAL = Pattern.compile("[0-7]{1,3}");

  private static final int LAST_OCTAL = 0xFF;

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
      Matcher octal = OCTAL.matcher(text.rest());
      if (octal.lookingAt()) {
        written.append(octal(octal.group(), column));
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

  private String octal(String digits, int column) throws RefusedPatternException {
    int codePoint = Integer.parseInt(digits, 8);
    if (codePoint > LAST_OCTAL) {
      throw text.refused(
          column, "there is no character '\\" + digits + "'", "The last one is \\377.");
    }
    text.skip(digits.length());
    return PythonEscapes.codePoint(codePoint);
  }
}
