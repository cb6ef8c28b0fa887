package io.orchscope.telemetry;

import java.nio.charset.StandardCharsets;

/** Text for attributes: at most 1,000 bytes of UTF-8, since backends cut or drop what is longer. */
final class ShortText {

  private static final int MOST_BYTES = 1000;

  static String of(String text) {
    if (text.length() * 3 <= MOST_BYTES) {
      return text;
    }
    int bytes = 0;
    for (int at = 0; at < text.length(); ) {
      int point = text.codePointAt(at);
      bytes += new String(Character.toChars(point)).getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MOST_BYTES) {
        return text.substring(0, at);
      }
      at += Character.charCount(point);
    }
    return text;
  }

  private ShortText() {}
}
