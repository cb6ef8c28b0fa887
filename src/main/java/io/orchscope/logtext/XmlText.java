package io.orchscope.logtext;

import java.util.Map;

/** The characters that XML writes as entities. */
final class XmlText {

  private static final Map<String, String> NAMED =
      Map.of("lt", "<", "gt", ">", "amp", "&", "quot", "\"", "apos", "'");

  /** As long as the number of the last character, in decimals. */
  private static final int LONGEST_ENTITY = 10;

  private static final int DECIMAL = 10;
  private static final int HEXADECIMAL = 16;

  private XmlText() {}

  /** The text with its entities decoded once; what is none stays as it is. */
  static String decoded(String text) {
    int sign = text.indexOf('&');
    if (sign < 0) {
      return text;
    }
    StringBuilder decoded = new StringBuilder(text.length());
    int copied = 0;
    while (sign >= 0) {
      int end = text.indexOf(';', sign);
      if (end < 0) {
        break;
      }
      String character =
          end - sign <= LONGEST_ENTITY ? character(text.substring(sign + 1, end)) : "";
      if (!character.isEmpty()) {
        decoded.append(text, copied, sign).append(character);
        copied = end + 1;
      }
      sign = text.indexOf('&', sign + 1);
    }
    return decoded.append(text, copied, text.length()).toString();
  }

  private static String character(String name) {
    if (!name.startsWith("#")) {
      return NAMED.getOrDefault(name, "");
    }
    boolean isHexadecimal = name.startsWith("#x") || name.startsWith("#X");
    try {
      int code =
          Integer.parseInt(
              name.substring(isHexadecimal ? 2 : 1), isHexadecimal ? HEXADECIMAL : DECIMAL);
      return Character.isValidCodePoint(code) && code > 0 ? Character.toString(code) : "";
    } catch (NumberFormatException e) {
      return "";
    }
  }
}
