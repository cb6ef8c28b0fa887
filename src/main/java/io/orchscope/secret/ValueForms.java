package io.orchscope.secret;

import java.util.Locale;
import java.util.Set;

/**
 * The forms in which programs write a value, and where it ends in each.
 *
 * <p>Units: places are indexes into the line. Each look ahead is bounded or is never repeated.
 */
public final class ValueForms {

  /** How far ahead the next name in a list of values is looked for. */
  private static final int LONGEST_NAME = 40;

  private static final String QUOTES = "\"'`";
  private static final String CLOSERS = ",;)}]|>&";
  private static final Set<String> NOTHING =
      Set.of("none", "null", "nil", "undefined", "true", "false");

  private ValueForms() {}

  /**
   * The place behind an opening quote, behind what marks Python's strings and behind backslashes,
   * where JSON stands in JSON; the place itself where no quote opens.
   */
  static int opened(String line, int at) {
    int quote = at;
    if (quote + 1 < line.length() && "ubrfUBRF".indexOf(line.charAt(quote)) >= 0) {
      quote++;
    }
    quote = past(line, quote, '\\');
    return isQuote(line, quote) ? quote + 1 : at;
  }

  /**
   * Where the text ends that begins behind an opening quote: at the same quote behind as many
   * backslashes; at the end of the line where that never comes.
   */
  public static int closed(String line, int from) {
    char quote = line.charAt(from - 1);
    int depth = 0;
    while (from - 2 - depth >= 0 && line.charAt(from - 2 - depth) == '\\') {
      depth++;
    }
    int at = from;
    while (at < line.length()) {
      int run = past(line, at, '\\');
      boolean isQuote = run < line.length() && line.charAt(run) == quote;
      if (isQuote && closes(run - at, depth)) {
        return Math.max(from, run - depth);
      }
      at = run == at || isQuote ? run + 1 : run;
    }
    return contentEnd(line);
  }

  /** A backslash doubles with each depth, and so does the one that hides a quote. */
  private static boolean closes(int backslashes, int depth) {
    return backslashes < depth || backslashes % (2 * (depth + 1)) == depth;
  }

  /** Where a value without quotes ends. */
  static int bareEnd(String line, int from) {
    int at = from;
    while (at < line.length()) {
      char character = line.charAt(at);
      if (character <= ' ' || character == '<' || QUOTES.indexOf(character) >= 0) {
        return at;
      }
      if (character == '\\' && isEscape(line, past(line, at, '\\'))) {
        return at;
      }
      if (CLOSERS.indexOf(character) >= 0) {
        int behind = pastClosers(line, at);
        if (closesBehind(line, behind)) {
          return at;
        }
        at = behind;
      } else {
        at = character == '\\' ? past(line, at, '\\') : at + 1;
      }
    }
    return at;
  }

  private static int pastClosers(String line, int at) {
    int end = at;
    while (end < line.length() && CLOSERS.indexOf(line.charAt(end)) >= 0) {
      end++;
    }
    return end;
  }

  /** Whether commas and brackets before a place end a value: else they may be of a password. */
  private static boolean closesBehind(String line, int at) {
    if (at >= line.length() || line.charAt(at) <= ' ' || line.charAt(at) == '\\') {
      return true;
    }
    if (isQuote(line, at) || "<{[(".indexOf(line.charAt(at)) >= 0) {
      return true;
    }
    int end = at;
    while (end < line.length() && end - at < LONGEST_NAME && isOfWord(line.charAt(end))) {
      end++;
    }
    return end > at && end < line.length() && "=:".indexOf(line.charAt(end)) >= 0;
  }

  private static boolean isEscape(String line, int at) {
    return at < line.length() && "nrt\"'".indexOf(line.charAt(at)) >= 0;
  }

  /** Whether a value says that there is no secret, or has lost it before. */
  static boolean isNothing(String line, int from, int to) {
    if (to - from <= "undefined".length()
        && NOTHING.contains(line.substring(from, to).toLowerCase(Locale.ROOT))) {
      return true;
    }
    int at = from;
    while (at < to && (line.charAt(at) == '*' || line.charAt(at) <= ' ')) {
      at++;
    }
    return at == to;
  }

  /** The place behind the quote that ends a text, or behind the line's end. */
  static int pastClosed(String line, int end) {
    return Math.min(line.length(), past(line, end, '\\') + 1);
  }

  static boolean isQuote(String line, int at) {
    return at < line.length() && QUOTES.indexOf(line.charAt(at)) >= 0;
  }

  static boolean isOfWord(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || isDigit(character)
        || character == '_'
        || character == '-'
        || character == '.';
  }

  static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  static int pastBlanks(String line, int at) {
    int end = at;
    while (end < line.length() && (line.charAt(end) == ' ' || line.charAt(end) == '\t')) {
      end++;
    }
    return end;
  }

  /** The end of the line without its line end. */
  static int contentEnd(String line) {
    int end = line.length();
    while (end > 0 && (line.charAt(end - 1) == '\n' || line.charAt(end - 1) == '\r')) {
      end--;
    }
    return end;
  }

  private static int past(String line, int at, char character) {
    int end = at;
    while (end < line.length() && line.charAt(end) == character) {
      end++;
    }
    return end;
  }
}
