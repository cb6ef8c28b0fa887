package io.orchscope.hostlog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * What a text may mention, so small that it can be kept of whole logs: its UUIDs, and the words of
 * 11 letters and digits that end in W, as TIDs do.
 *
 * <p>Shape: a Bloom filter of {@value #BITS} bits for each mention, which takes three bytes of a
 * thousand of text. What is in a text is never missed; one answer in three hundred says yes to what
 * is not. Case does not count. A TID is found in longer words, too.
 *
 * <p>Source: domain.md §0.
 */
final class Mentions {

  /** A mention may begin so many bytes before the text in which it ends. */
  static final int OVERLAP = 35;

  /** For each mention. */
  private static final int BITS = 12;

  /** Bits that are set for each mention. */
  private static final int PROBES = 6;

  private static final int UUID = 36;
  private static final int TID = 11;

  /** The filter of a text. */
  static long[] in(byte[] text, int length) {
    long[] found = new long[64];
    int count = 0;
    for (int i = 8; i < length; i++) {
      byte letter = text[i];
      boolean isOne =
          letter == '-'
              ? isUuid(text, i - 8, length)
              : (letter == 'W' || letter == 'w') && isTid(text, i - TID + 1);
      if (isOne) {
        if (count == found.length) {
          // Twice the room, so that repetitions without end are sorted a few times only.
          found = Arrays.copyOf(found, count * 2);
          count = distinct(found, count);
        }
        found[count++] = letter == '-' ? uuid(text, i - 8) : tid(text, i - TID + 1);
      }
    }
    return filter(found, distinct(found, count));
  }

  /** Whether a text with this filter may have what has this number. */
  static boolean mayHave(long[] filter, long number) {
    for (int i = 0; i < PROBES; i++) {
      int bit = bit(filter, number, i);
      if (bit < 0 || (filter[bit >>> 6] & 1L << bit) == 0) {
        return false;
      }
    }
    return true;
  }

  /** The number of what is within a word; none when nothing in it is kept of texts. */
  static OptionalLong of(String word) {
    byte[] text = word.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i + TID <= text.length; i++) {
      if (isUuid(text, i, text.length)) {
        return OptionalLong.of(uuid(text, i));
      }
    }
    for (int i = 0; i + TID <= text.length; i++) {
      byte last = text[i + TID - 1];
      if ((last == 'W' || last == 'w') && isTid(text, i)) {
        return OptionalLong.of(tid(text, i));
      }
    }
    return OptionalLong.empty();
  }

  /** Whether a word is a UUID and nothing more. */
  static boolean isUuid(byte[] text) {
    return text.length == UUID && isUuid(text, 0, UUID);
  }

  private static int distinct(long[] found, int count) {
    Arrays.sort(found, 0, count);
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (i == 0 || found[i] != found[i - 1]) {
        found[kept++] = found[i];
      }
    }
    return kept;
  }

  private static long[] filter(long[] numbers, int count) {
    long[] filter = new long[(count * BITS + 63) / 64];
    for (int n = 0; n < count; n++) {
      for (int i = 0; i < PROBES; i++) {
        int bit = bit(filter, numbers[n], i);
        filter[bit >>> 6] |= 1L << bit;
      }
    }
    return filter;
  }

  /** Where a number leaves one of its marks; -1 in an empty filter. */
  private static int bit(long[] filter, long number, int probe) {
    long hash = (number + probe * ((number >>> 32) | 1)) & 0xffffffffL;
    return filter.length == 0 ? -1 : (int) ((hash * (filter.length * 64L)) >>> 32);
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

  private static long uuid(byte[] text, int at) {
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
    return mixed(number ^ part);
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

  private static long tid(byte[] text, int at) {
    long number = 2;
    for (int i = at; i < at + TID; i++) {
      number = mixed(number + Needles.lower(text[i]));
    }
    return number;
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
