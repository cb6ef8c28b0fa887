package io.orchscope.match;

import java.nio.charset.StandardCharsets;

/**
 * Characters as they count where upper and lower case are the same.
 *
 * <p>Shape: two characters that java.util.regex takes for the same under {@code CASE_INSENSITIVE}
 * and {@code UNICODE_CASE} have the same byte here, also U+017F (s), U+212A (k), U+0130 and U+0131
 * (i). Others may share one, {@code [} and <code>{</code>: a byte says what cannot be, never what
 * is. A character of ASCII needs no table: its byte is its code with one bit set. Source: speed.md
 * B.4.
 */
final class Fold {

  /** The bit that tells lower from upper case in ASCII. */
  static final int BIT = 0x20;

  /** That bit of each of eight bytes, and of each of four. */
  static final long EIGHT = 0x2020_2020_2020_2020L;

  static final int FOUR = 0x2020_2020;

  private static final byte[] BYTES = bytes();

  private Fold() {}

  /** The byte of a character. */
  static byte of(char character) {
    return BYTES[character];
  }

  /** The bytes of a text, one for each of its characters. */
  static byte[] of(String text) {
    byte[] folded = new byte[text.length()];
    for (int i = 0; i < folded.length; i++) {
      folded[i] = BYTES[text.charAt(i)];
    }
    return folded;
  }

  /** The characters of a text in ASCII, as they are. */
  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] bytes() {
    byte[] bytes = new byte[Character.MAX_VALUE + 1];
    for (int i = 0; i < bytes.length; i++) {
      int folded = once(once(i));
      bytes[i] = (byte) ((folded ^ (folded >>> Byte.SIZE)) | BIT);
    }
    return bytes;
  }

  /** As java.util.regex does it. */
  private static int once(int character) {
    return Character.toLowerCase(Character.toUpperCase(character));
  }
}
