package io.orchscope.secret;

import static io.orchscope.secret.ValueForms.bareEnd;
import static io.orchscope.secret.ValueForms.closed;
import static io.orchscope.secret.ValueForms.opened;
import static io.orchscope.secret.ValueForms.pastBlanks;

/**
 * Values in brackets behind a word that announces a secret: lists, tuples, objects, the arguments
 * of a constructor and nested XML elements. Every value in them is masked, their keys stay.
 *
 * <p>Units: at most {@value #LONGEST} characters; what was read is not read again.
 */
final class NestedValues {

  private static final int LONGEST = 2_000;
  private static final int LONGEST_TYPE = 60;
  private static final String OPENERS = "([{";
  private static final String CLOSERS = ")]}";

  private final String line;
  private final MaskedLine masked;

  NestedValues(String line, MaskedLine masked) {
    this.line = line;
    this.masked = masked;
  }

  static boolean opens(char character) {
    return OPENERS.indexOf(character) >= 0;
  }

  /**
   * Masks the values in the brackets that open at a place.
   *
   * @param withBare whether values without quotes are masked, too
   */
  void mask(int from, boolean withBare) {
    int latest = Math.min(line.length(), from + LONGEST);
    int depth = 0;
    int at = from;
    do {
      char character = line.charAt(at);
      if (opens(character)) {
        depth++;
        at++;
      } else if (CLOSERS.indexOf(character) >= 0) {
        depth--;
        at++;
      } else if (character <= ' ' || ",;:=>".indexOf(character) >= 0) {
        at++;
      } else {
        at = value(at, withBare, latest);
      }
    } while (at < latest && depth > 0);
    masked.goOnAt(at);
  }

  private int value(int at, boolean withBare, int latest) {
    int content = opened(line, at);
    if (content > at) {
      int end = closed(line, content);
      int next = Math.max(ValueForms.pastClosed(line, end), at + 1);
      if (!isKeyBefore(next)) {
        masked.mask(content, end);
      }
      return next;
    }
    int stop = at;
    while (stop < latest && !endsName(line.charAt(stop))) {
      stop++;
    }
    boolean isName = stop > at && stop + 1 < latest && line.charAt(stop) > ' ';
    if (isName && line.charAt(stop) == '=') {
      return stop + 1;
    }
    if (isName && opens(line.charAt(stop))) {
      return stop;
    }
    int end = bareEnd(line, at);
    boolean isKey = isKeyBefore(end) || (end > at && line.charAt(end - 1) == ':');
    if (withBare && !isKey && !ReasonWords.isOne(line, at, end) && end - at > 1) {
      masked.mask(at, end);
    }
    return Math.max(end, at + 1);
  }

  /** Whether the sign follows that parts a key from its value. */
  private boolean isKeyBefore(int place) {
    int sign = pastBlanks(line, place);
    return sign < line.length() && ":=".indexOf(line.charAt(sign)) >= 0;
  }

  private static boolean endsName(char character) {
    return character <= ' '
        || character == '='
        || opens(character)
        || "\"'`".indexOf(character) >= 0;
  }

  /** Where the brackets open of a value like {@code SecretValue('x')}; -1 for other values. */
  int constructor(int from) {
    int latest = Math.min(line.length(), from + LONGEST_TYPE);
    int at = from;
    while (at < latest && ValueForms.isOfWord(line.charAt(at))) {
      at++;
    }
    boolean isOpened = at > from && at < latest && opens(line.charAt(at));
    return isOpened && Character.isLetter(line.charAt(from)) ? at : -1;
  }

  /** Masks the texts of the elements that stand in an element with a name that announces. */
  void elements(int from, String name) {
    int latest = Math.min(line.length(), from + LONGEST);
    int at = from;
    while (at < latest && line.charAt(at) == '<') {
      if (line.startsWith("</", at) && endsElement(at + 2, name)) {
        break;
      }
      while (at < latest && line.charAt(at) != '>') {
        at++;
      }
      int text = Math.min(at + 1, latest);
      int end = text;
      while (end < latest && line.charAt(end) != '<') {
        end++;
      }
      if (!line.substring(text, end).isBlank()) {
        masked.mask(text, end);
      }
      at = end;
    }
    masked.goOnAt(Math.max(from, at));
  }

  private boolean endsElement(int from, String name) {
    int end = from;
    while (end < line.length() && line.charAt(end) != '>' && end - from < LONGEST_TYPE) {
      end++;
    }
    return end - from >= name.length()
        && line.regionMatches(end - name.length(), name, 0, name.length());
  }
}
