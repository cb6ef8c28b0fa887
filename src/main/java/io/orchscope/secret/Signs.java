package io.orchscope.secret;

/** What parts a word from the value that it announces. */
final class Signs {

  private static final int LONGEST_ATTRIBUTES = 200;
  private static final int LONGEST_PREFIX = 32;

  private Signs() {}

  /**
   * Where the value begins behind a word and a sign: {@code "x": }, {@code x=}, {@code x => },
   * {@code ['x'] = }, {@code <x>}; -1 where there is no sign.
   */
  static int behind(String line, int from, int to) {
    int at = to;
    boolean isQuoted = false;
    int quote = at;
    while (quote < line.length() && line.charAt(quote) == '\\') {
      quote++;
    }
    if (ValueForms.isQuote(line, quote)) {
      isQuoted = true;
      at = line.startsWith("]", quote + 1) ? quote + 2 : quote + 1;
    }
    boolean opensTag = from > 0 && opensTag(line, from);
    if (opensTag && pastTag(line, at) > at) {
      return inLine(line, pastTag(line, at));
    }
    if (line.startsWith("&lt;", from - 4) && line.startsWith("&gt;", at)) {
      return inLine(line, at + 4);
    }
    at = ValueForms.pastBlanks(line, isQuoted ? namedValue(line, at) : at);
    if (line.startsWith("->", at)) {
      return inLine(line, ValueForms.pastBlanks(line, at + 2));
    }
    if (line.startsWith("=", at)) {
      boolean isDouble = line.startsWith(">", at + 1) || line.startsWith("=", at + 1);
      return inLine(line, ValueForms.pastBlanks(line, at + (isDouble ? 2 : 1)));
    }
    if (at > to && line.startsWith("eq ", at)) {
      return inLine(line, ValueForms.pastBlanks(line, at + 2));
    }
    if (line.startsWith(":: ", at)) {
      return inLine(line, ValueForms.pastBlanks(line, at + 2));
    }
    boolean isColon =
        line.startsWith(":", at) && !line.startsWith("::", at) && !line.startsWith("://", at);
    return isColon
        ? inLine(line, ValueForms.pastBlanks(line, line.startsWith(":=", at) ? at + 2 : at + 1))
        : -1;
  }

  /** Whether {@code <} stands before a word, or a prefix and {@code :} behind one. */
  private static boolean opensTag(String line, int from) {
    int at = from - 1;
    if (line.charAt(at) == ':') {
      int first = Math.max(0, at - LONGEST_PREFIX);
      at--;
      while (at > first && ValueForms.isOfWord(line.charAt(at))) {
        at--;
      }
    }
    return at >= 0 && line.charAt(at) == '<';
  }

  /** Behind the sign that ends a tag, its attributes passed over; the place itself without one. */
  private static int pastTag(String line, int at) {
    int end = at;
    if (line.startsWith(" ", at)) {
      int latest = Math.min(line.length(), at + LONGEST_ATTRIBUTES);
      while (end < latest && "<>".indexOf(line.charAt(end)) < 0) {
        end++;
      }
    }
    return line.startsWith(">", end) ? end + 1 : at;
  }

  /** Behind the key of the value in {@code "name": "password", "value": "x"}. */
  private static int namedValue(String line, int at) {
    int comma = ValueForms.pastBlanks(line, at);
    int key = line.startsWith(",", comma) ? ValueForms.pastBlanks(line, comma + 1) : at;
    boolean isKey =
        ValueForms.isQuote(line, key)
            && line.regionMatches(true, key + 1, "value", 0, 5)
            && ValueForms.isQuote(line, key + 6);
    return isKey ? key + 7 : at;
  }

  private static int inLine(String line, int at) {
    return at < line.length() ? at : -1;
  }
}
