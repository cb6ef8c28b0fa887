package io.orchscope.hostlog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * What a text may mention, as numbers small enough to be kept of whole logs: its UUIDs, and the
 * words of 11 letters and digits that end in W, as TIDs do.
 *
 * <p>A text with a mention has its number; a text with its number may be without it, once in four
 * thousand millions. Case does not count. A TID is found in longer words, too.
 *
 * <p>Source: domain.md §0.
 */
final class Mentions {

  /** A mention may begin so many bytes before the text in which it ends. */
  static final int OVERLAP = 35;

  private static final int UUID = 36;
  private static final int TID = 11;

  /** All numbers of a text, each once, in order. */
  static int[] in(byte[] text, int length) {
    int[] found = new int[64];
    int count = 0;
    for (int i = 8; i < length; i++) {
      byte letter = text[i];
      boolean isOne =
          letter == '-'
              ? isUuid(text, i - 8, length)
              : (letter == 'W' || letter == 'w') && isTid(text, i - TID + 1);
      if (isOne) {
        if (count == found.length) {
          found = grown(found, count);
          count = distinct(found, count);
        }
        found[count++] = letter == '-' ? uuid(text, i - 8) : tid(text, i - TID + 1);
      }
    }
    count = distinct(found, count);
    return Arrays.copyOf(found, count);
  }

  /** Whether a number is among those of {@link #in}. */
  static boolean contain(int[] mentions, int number) {
    return Arrays.binarySearch(mentions, number) >= 0;
  }

  /** The number of what is within a word; none when nothing in it is kept of texts. */
  static OptionalInt of(String word) {
    byte[] text = word.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i + TID <= text.length; i++) {
      if (isUuid(text, i, text.length)) {
        return OptionalInt.of(uuid(text, i));
      }
    }
    for (int i = 0; i + TID <= text.length; i++) {
      byte last = text[i + TID - 1];
      if ((last == 'W' || last == 'w') && isTid(text, i)) {
        return OptionalInt.of(tid(text, i));
      }
    }
    return OptionalInt.empty();
  }

  /** Whether a word is a UUID and nothing more. */
  static boolean isUuid(byte[] text) {
    return text.length == UUID && isUuid(text, 0, UUID);
  }

  /** Twice the room, so that a text without end of repetitions is sorted a few times only. */
  private static int[] grown(int[] found, int count) {
    return Arrays.copyOf(found, count * 2);
  }

  private static int distinct(int[] found, int count) {
    Arrays.sort(found, 0, count);
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (i == 0 || found[i] != found[i - 1]) {
        found[kept++] = found[i];
      }
    }
    return kept;
  }

  private static boolean isUuid(byte[] text, int at, int length) {
    if (at + UUID > length
        || text[at + 8] != '-'
        || text[at + 13] != '-'
        || text[at + 18] != '-'
        || text[at + 23] != '-') {
      return false;
    }
    for (int i = 0; i < UUID; i++) {
      if (text[at + i] != '-' && Character.digit(text[at + i], 16) < 0) {
        return false;
      }
    }
    return true;
  }

  private static int uuid(byte[] text, int at) {
    long number = 1;
    long part = 0;
    for (int i = 0; i < UUID; i++) {
      if (text[at + i] != '-') {
        part = part << 4 | Character.digit(text[at + i], 16);
      }
      if (i == 18) {
        number = mixed(part);
        part = 0;
      }
    }
    return (int) mixed(number ^ part);
  }

  private static boolean isTid(byte[] text, int at) {
    if (at < 0) {
      return false;
    }
    for (int i = at + TID - 2; i >= at; i--) {
      if (!Needles.isWordPart(text[i])) {
        return false;
      }
    }
    return true;
  }

  private static int tid(byte[] text, int at) {
    long number = 2;
    for (int i = at; i < at + TID; i++) {
      number = mixed(number + Needles.lower(text[i]));
    }
    return (int) number;
  }

  /** The finaliser of MurmurHash3: a change of one bit changes half of all bits. */
  private static long mixed(long number) {
    long mixed = number;
    mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }

  private Mentions() {}
}
