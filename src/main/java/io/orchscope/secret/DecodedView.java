package io.orchscope.secret;

import java.util.Arrays;

/**
 * A text with percent signs, {@code \\u0022} and full-width characters decoded, and where each of
 * its characters stood before.
 *
 * @param text the decoded text
 * @param places of each decoded character in the text as it was, and the length of that
 */
record DecodedView(String text, int[] places) {

  private static final int FULL_WIDTH_FIRST = 0xFF01;
  private static final int FULL_WIDTH_LAST = 0xFF5E;
  private static final int FULL_WIDTH_SHIFT = FULL_WIDTH_FIRST - '!';
  private static final int HEX = 16;

  /** Whether anything of a text would be decoded. */
  static boolean differs(String text) {
    for (int at = 0; at < text.length(); at++) {
      char character = text.charAt(at);
      if (character == '%' ? percent(text, at) > 0 : character == '\\' && unicode(text, at) > 0) {
        return true;
      }
      if (isFullWidth(character)) {
        return true;
      }
    }
    return false;
  }

  /** The places of its characters in the text that was decoded before. */
  int[] through(int[] before) {
    return Arrays.stream(places).map(place -> before[place]).toArray();
  }

  /** Of a text. */
  static DecodedView of(String text) {
    StringBuilder decoded = new StringBuilder(text.length());
    int[] places = new int[text.length() + 1];
    int at = 0;
    while (at < text.length()) {
      char character = text.charAt(at);
      places[decoded.length()] = at;
      int code = character == '%' ? percent(text, at) : character == '\\' ? unicode(text, at) : 0;
      if (code > 0) {
        decoded.append((char) code);
        at += character == '%' ? 3 : 6;
      } else {
        decoded.append(isFullWidth(character) ? (char) (character - FULL_WIDTH_SHIFT) : character);
        at++;
      }
    }
    places[decoded.length()] = text.length();
    return new DecodedView(decoded.toString(), Arrays.copyOf(places, decoded.length() + 1));
  }

  /** The printable character that a percent sign encodes; 0 for none. */
  private static int percent(String text, int at) {
    return printable(text, at + 1, 2);
  }

  private static int unicode(String text, int at) {
    return text.startsWith("u00", at + 1) ? printable(text, at + 4, 2) : 0;
  }

  private static int printable(String text, int from, int digits) {
    if (from + digits > text.length()) {
      return 0;
    }
    int high = Character.digit(text.charAt(from), HEX);
    int low = Character.digit(text.charAt(from + 1), HEX);
    int code = high < 0 || low < 0 ? 0 : high * HEX + low;
    return code >= ' ' && code < 0x7F ? code : 0;
  }

  private static boolean isFullWidth(char character) {
    return character >= FULL_WIDTH_FIRST && character <= FULL_WIDTH_LAST;
  }
}
