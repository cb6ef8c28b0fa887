package io.orchscope.mask;

/** Lists, dictionaries and XML that programs have written into their messages. */
final class Dump {

  private Dump() {}

  /**
   * The end of what begins at a place with a bracket; the end of the text where it is cut off.
   *
   * <p>Quotes hide brackets, unless they are never closed.
   */
  static int end(String text, int from) {
    int depth = 0;
    int at = from;
    while (at < text.length()) {
      char character = text.charAt(at);
      if (character == '{' || character == '[') {
        depth++;
      } else if (character == '}' || character == ']') {
        depth--;
        if (depth == 0) {
          return at + 1;
        }
      } else if (character == '\'' || character == '"') {
        at = closing(text, at);
      }
      at++;
    }
    return text.length();
  }

  /** The quote that closes one; the one itself where an apostrophe or a cut leaves it open. */
  private static int closing(String text, int open) {
    boolean opens = open > 0 && "{[(:, ".indexOf(text.charAt(open - 1)) >= 0;
    if (!opens) {
      return open;
    }
    int from = open + 1;
    while (true) {
      int close = text.indexOf(text.charAt(open), from);
      if (close < 0) {
        return open;
      }
      boolean ends = close + 1 == text.length() || "}]):, ".indexOf(text.charAt(close + 1)) >= 0;
      if (ends) {
        return close;
      }
      from = close + 1;
    }
  }

  /**
   * The end of XML that begins at a place: its last bracket, when it has an end tag or an
   * attribute; the end of the text where it is cut off; the place itself when it is none.
   */
  static int endOfXml(String text, int from) {
    boolean isTag =
        from + 1 < text.length()
            && (Character.isLetter(text.charAt(from + 1)) || text.charAt(from + 1) == '/');
    if (!isTag || text.startsWith("<class ", from)) {
      return from;
    }
    int last = text.lastIndexOf('>');
    if (last < from) {
      return text.indexOf('=', from) > 0 || text.indexOf(':', from) > 0 ? text.length() : from;
    }
    boolean isXml = text.indexOf("</", from) >= 0 || text.indexOf("/>", from) >= 0;
    return isXml ? last + 1 : Math.max(from, text.indexOf('>', from) + 1);
  }
}
