package io.orchscope.match;

import io.orchscope.match.PythonPattern.Dialect;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands after a backslash, in Java's words. */
record PythonEscapes(PythonText text, Dialect dialect) {

  private static final Pattern OCTAL = Pattern.compile("0[0-7]{0,2}|[1-3][0-7]{2}");
  private static final Pattern HEX =
      Pattern.compile("x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})");
  private static final Pattern NAMED = Pattern.compile("N\\{([^}]+)\\}");

  private static final Pattern PROPERTY = Pattern.compile("[pP](?:\\{[^}]+\\}|[A-Z])");

  /** Only Java knows them. */
  private static final String JAVA_ONLY = "hHeRXGVcQEkN";

  /** The escape, after its backslash. */
  String translated(int column) throws RefusedPatternException {
    if (text.isAtEnd()) {
      throw text.refused(column, "a \\ stands at the end", "Write \\\\ for the character itself.");
    }
    Matcher octal = OCTAL.matcher(text.rest());
    if (octal.lookingAt()) {
      text.skip(octal.end());
      return codePoint(Integer.parseInt(octal.group(), 8));
    }
    Matcher hex = HEX.matcher(text.rest());
    if (hex.lookingAt()) {
      text.skip(hex.end());
      return codePoint(hexadecimal(hex, column));
    }
    char letter = text.peek();
    if (letter == 'N') {
      return named(column);
    }
    if (letter == 'v') {
      text.next();
      return "\\x0B";
    }
    Matcher property = PROPERTY.matcher(text.rest());
    if (dialect == Dialect.BOTH && property.lookingAt()) {
      text.skip(property.end());
      return "\\" + property.group();
    }
    boolean isLetter = letter < 128 && Character.isLetterOrDigit(letter);
    boolean isKnown = "dDwWsSafnrt".indexOf(letter) >= 0;
    if (isLetter && !isKnown && (dialect == Dialect.PYTHON || JAVA_ONLY.indexOf(letter) < 0)) {
      throw text.refused(
          column,
          "Python knows no '\\" + letter + "'",
          "Write the characters that are meant, or '\\\\' for a backslash.");
    }
    // A character beyond ASCII stands for itself, with a backslash or without.
    return (letter < 128 ? "\\" : "") + text.next();
  }

  private int hexadecimal(Matcher hex, int column) throws RefusedPatternException {
    String digits =
        hex.group(1) != null ? hex.group(1) : hex.group(2) != null ? hex.group(2) : hex.group(3);
    long value = Long.parseLong(digits, 16);
    if (value > Character.MAX_CODE_POINT) {
      throw text.refused(column, "there is no character U+" + digits, "The last one is U+10FFFF.");
    }
    return (int) value;
  }

  private String named(int column) throws RefusedPatternException {
    Matcher name = NAMED.matcher(text.rest());
    try {
      if (name.lookingAt()) {
        int codePoint = Character.codePointOf(name.group(1));
        text.skip(name.end());
        return codePoint(codePoint);
      }
    } catch (IllegalArgumentException unknown) {
      throw text.refused(
          column,
          "no character is called '" + name.group(1) + "'",
          "Write the character itself, or \\uXXXX.");
    }
    throw text.refused(
        column, "a name in braces is missing after '\\N'", "Write the character itself.");
  }

  static String codePoint(int codePoint) {
    return String.format(Locale.ROOT, "\\x{%X}", codePoint);
  }
}
