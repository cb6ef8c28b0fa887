package io.orchscope.console;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Makes characters be seen that would act or hide: control characters, and those that turn the
 * direction of what follows. Each stands as its number, {@code \u202E}.
 *
 * <p>Shape: UTF-8 in and out. Ends of lines and tabs stay.
 */
final class Visible {

  private static final int DELETE = 0x7f;

  private Visible() {}

  static byte[] of(byte[] text) {
    int at = next(text, 0);
    if (at == text.length) {
      return text;
    }
    ByteArrayOutputStream seen = new ByteArrayOutputStream(text.length + 64);
    int from = 0;
    while (at < text.length) {
      seen.write(text, from, at - from);
      String number = String.format(Locale.ROOT, "\\u%04X", hidden(text, at));
      seen.writeBytes(number.getBytes(StandardCharsets.US_ASCII));
      from = at + length(text[at]);
      at = next(text, from);
    }
    seen.write(text, from, text.length - from);
    return seen.toByteArray();
  }

  private static int next(byte[] text, int from) {
    int at = from;
    while (at < text.length && hidden(text, at) < 0) {
      at++;
    }
    return at;
  }

  private static int length(byte first) {
    int begin = first & 0xff;
    return first >= 0 ? 1 : begin == 0xc2 || begin == 0xd8 ? 2 : 3;
  }

  /** The character that begins here, if nobody would see it; else -1. */
  private static int hidden(byte[] text, int at) {
    int first = text[at] & 0xff;
    if (first < ' ') {
      return first == '\n' || first == '\t' || first == '\r' ? -1 : first;
    }
    if (first == DELETE) {
      return first;
    }
    if (first == 0xd8 && at + 1 < text.length && (text[at + 1] & 0xff) == 0x9c) {
      // Arabic letter mark.
      return 0x061c;
    }
    if (first == 0xef
        && at + 2 < text.length
        && (text[at + 1] & 0xff) == 0xbb
        && (text[at + 2] & 0xff) == 0xbf) {
      return 0xfeff;
    }
    if (first == 0xc2 && at + 1 < text.length) {
      int second = text[at + 1] & 0xff;
      return second < 0xa0 ? second : -1;
    }
    if (first == 0xe2 && at + 2 < text.length) {
      int character = 0x2000 | ((text[at + 1] & 0x3f) << 6) | (text[at + 2] & 0x3f);
      return turnsDirection(character) || hasNoWidth(character) ? character : -1;
    }
    return -1;
  }

  private static boolean hasNoWidth(int character) {
    return (character >= 0x200b && character <= 0x200d) || character == 0x2060;
  }

  private static boolean turnsDirection(int character) {
    return character == 0x200e
        || character == 0x200f
        || (character >= 0x202a && character <= 0x202e)
        || (character >= 0x2066 && character <= 0x2069);
  }
}
