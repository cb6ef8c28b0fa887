package io.orchscope.hostlog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/**
 * Words that are looked for in logs, byte by byte, as whole words; the case of ASCII letters does
 * not count.
 *
 * <p>{@code 192.0.2.1} is not in {@code 192.0.2.10}: neither before nor behind a word may stand a
 * letter or digit, but for a UUID, which is no part of anything else.
 */
final class Needles {

  private final List<byte[]> words = new ArrayList<>();
  private final long[] numbers;
  private final boolean[] first = new boolean[256];
  private final boolean isKept;

  /** Blank words are left out. */
  Needles(Collection<String> words) {
    List<String> wanted = words.stream().filter(word -> !word.isBlank()).distinct().toList();
    for (String word : wanted) {
      byte[] letters = lower(word.getBytes(StandardCharsets.UTF_8));
      this.words.add(letters);
      first[letters[0] & 0xff] = true;
      first[upper(letters[0]) & 0xff] = true;
    }
    List<OptionalLong> all = wanted.stream().map(Mentions::of).toList();
    this.numbers =
        all.stream().filter(OptionalLong::isPresent).mapToLong(OptionalLong::getAsLong).toArray();
    this.isKept = numbers.length == wanted.size();
  }

  boolean isEmpty() {
    return words.isEmpty();
  }

  /** The length of the longest. */
  int longest() {
    return words.stream().mapToInt(word -> word.length).max().orElse(0);
  }

  /** Whether what is kept of a text tells if a word may be in it. */
  boolean isKept() {
    return isKept;
  }

  /** Whether a text with these {@link Mentions} may have one of the words. */
  boolean mayBeAmong(long[] mentions) {
    if (!isKept) {
      return true;
    }
    for (long number : numbers) {
      if (Mentions.mayHave(mentions, number)) {
        return true;
      }
    }
    return false;
  }

  /** Whether one of the words is in a part of a text; the letter before the part counts, too. */
  boolean isIn(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (first[text[i] & 0xff]) {
        for (byte[] word : words) {
          if (isAt(text, i, word, to)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Whether a text begins with the end of a word, or with one. */
  boolean reachBefore(byte[] text) {
    for (byte[] word : words) {
      for (int length = 1; length <= Math.min(word.length, text.length); length++) {
        if (isSame(text, 0, word, word.length - length, length)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether a text ends with the beginning of a word, or with one. */
  boolean reachBehind(byte[] text) {
    for (byte[] word : words) {
      for (int length = 1; length <= Math.min(word.length, text.length); length++) {
        if (isSame(text, text.length - length, word, 0, length)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isSame(byte[] text, int at, byte[] word, int start, int length) {
    for (int i = 0; i < length; i++) {
      if (lower(text[at + i]) != word[start + i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAt(byte[] text, int at, byte[] word, int to) {
    if (at + word.length > to || !isSame(text, at, word, 0, word.length)) {
      return false;
    }
    int end = at + word.length;
    return Mentions.isUuid(word)
        || (!(at > 0 && isWordPart(text[at - 1])) && !(end < to && isWordPart(text[end])));
  }

  static boolean isWordPart(byte letter) {
    return (letter >= '0' && letter <= '9')
        || (letter >= 'A' && letter <= 'Z')
        || (letter >= 'a' && letter <= 'z');
  }

  static byte lower(byte letter) {
    return letter >= 'A' && letter <= 'Z' ? (byte) (letter + 32) : letter;
  }

  private static byte upper(byte letter) {
    return letter >= 'a' && letter <= 'z' ? (byte) (letter - 32) : letter;
  }

  private static byte[] lower(byte[] word) {
    for (int i = 0; i < word.length; i++) {
      word[i] = lower(word[i]);
    }
    return word;
  }
}
