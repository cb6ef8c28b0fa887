package io.orchscope.match;

import java.util.Arrays;
import java.util.List;

/**
 * What a pattern asks for at a place of a text in ASCII, and after it.
 *
 * <p>Shape: never changes. Steps know those after them, and branches share what comes after them.
 * None leads back to an earlier one, so a search goes no deeper than there are steps.
 */
interface AsciiStep {

  /** The steps do not fit at a place. */
  int NOWHERE = -1;

  /** Where everything was found. */
  AsciiStep END = (tried, at) -> at;

  /** Words that a match may begin with. */
  interface Beginning {

    /** The first place from one on where they stand; below zero if there is none. */
    int find(AsciiTry tried, int from);
  }

  /** The end of this step and all after it, from a place on; below zero when they do not fit. */
  int end(AsciiTry tried, int at);

  /** The same from the last of some places at which they fit. */
  default int endFromLast(AsciiTry tried, int first, int last) {
    for (int at = last; at >= first; at--) {
      tried.spend(1);
      int end = end(tried, at);
      if (end >= 0) {
        return end;
      }
    }
    return NOWHERE;
  }

  /** The same from the first of some places at which they fit. */
  default int endFromFirst(AsciiTry tried, int first, int last) {
    for (int at = first; at <= last; at++) {
      tried.spend(1);
      int end = end(tried, at);
      if (end >= 0) {
        return end;
      }
    }
    return NOWHERE;
  }

  /** Adds all words that a match from here may begin with; false when they are not known. */
  default boolean addBeginnings(List<Beginning> beginnings) {
    return false;
  }

  /** These characters. */
  final class Words implements AsciiStep, Beginning {

    private final String words;
    private final byte[] bytes;
    private final AsciiStep next;

    Words(String words, AsciiStep next) {
      this.words = next instanceof Words more ? words + more.words : words;
      this.next = next instanceof Words more ? more.next : next;
      this.bytes = Fold.ascii(this.words);
    }

    @Override
    public int end(AsciiTry tried, int at) {
      int after = at + bytes.length;
      return after <= tried.length()
              && Arrays.equals(tried.bytes(), at, after, bytes, 0, bytes.length)
          ? next.end(tried, after)
          : NOWHERE;
    }

    /** Java looks for words forwards at a multiple of the speed, and mostly they stand once. */
    @Override
    public int endFromLast(AsciiTry tried, int first, int last) {
      if (last < tried.length()) {
        // After all characters of a slot: there, or hardly ever.
        return AsciiStep.super.endFromLast(tried, first, last);
      }
      int at = NOWHERE;
      int found = find(tried, first);
      while (found >= 0 && found <= last) {
        tried.spend(1);
        at = found;
        found = find(tried, found + 1);
      }
      while (at >= first) {
        int end = next.end(tried, at + bytes.length);
        if (end >= 0) {
          return end;
        }
        int before = tried.text().lastIndexOf(words, at - 1);
        tried.spend(at - Math.max(before, first) + 1);
        at = before;
      }
      return NOWHERE;
    }

    @Override
    public int find(AsciiTry tried, int from) {
      return tried.text().indexOf(words, from);
    }

    @Override
    public boolean addBeginnings(List<Beginning> beginnings) {
      return beginnings.add(this);
    }
  }

  /** These characters, in upper or lower case. */
  final class FoldedWords implements AsciiStep, Beginning {

    private final byte[] bytes;

    /** By character, the bit that may differ. */
    private final byte[] free;

    private final AsciiStep next;

    FoldedWords(String words, AsciiStep next) {
      this.bytes = Fold.ascii(words);
      this.free = new byte[bytes.length];
      this.next = next;
      for (int i = 0; i < bytes.length; i++) {
        free[i] = AsciiSet.isLetter(bytes[i]) ? (byte) Fold.BIT : 0;
        bytes[i] |= free[i];
      }
    }

    @Override
    public int end(AsciiTry tried, int at) {
      return stand(tried, at) ? next.end(tried, at + bytes.length) : NOWHERE;
    }

    private boolean stand(AsciiTry tried, int at) {
      if (at + bytes.length > tried.length()) {
        return false;
      }
      byte[] text = tried.bytes();
      for (int i = 0; i < bytes.length; i++) {
        if ((text[at + i] | free[i]) != bytes[i]) {
          return false;
        }
      }
      return true;
    }

    @Override
    public int find(AsciiTry tried, int from) {
      for (int at = from; at + bytes.length <= tried.length(); at++) {
        if (stand(tried, at)) {
          return at;
        }
      }
      return NOWHERE;
    }

    @Override
    public boolean addBeginnings(List<Beginning> beginnings) {
      return beginnings.add(this);
    }
  }

  /** So many characters of a set: as many as there are, or as few as will do. */
  final class Slot implements AsciiStep {

    private final AsciiSet set;
    private final int least;
    private final int most;
    private final boolean lazy;
    private final boolean isDot;
    private final AsciiStep next;

    Slot(AsciiSet set, int least, int most, boolean lazy, AsciiStep next) {
      this.set = set;
      this.least = least;
      this.most = most;
      this.lazy = lazy;
      this.isDot = set.equals(AsciiSet.DOT);
      this.next = next;
    }

    @Override
    public int end(AsciiTry tried, int at) {
      int last = longest(tried, at);
      int first = at + least;
      if (last < first) {
        return NOWHERE;
      }
      if (least == most) {
        return next.end(tried, last);
      }
      return lazy
          ? next.endFromFirst(tried, first, last)
          : next == END ? last : next.endFromLast(tried, first, last);
    }

    private int longest(AsciiTry tried, int from) {
      int limit = most < tried.length() - from ? from + most : tried.length();
      if (isDot && !tried.hasLineFeed()) {
        return limit;
      }
      byte[] bytes = tried.bytes();
      int at = from;
      while (at < limit && set.has(bytes[at])) {
        at++;
      }
      tried.spend(at - from);
      return at;
    }
  }

  /** One of these, the first first. */
  final class Branches implements AsciiStep {

    private final AsciiStep[] branches;

    Branches(List<AsciiStep> branches) {
      this.branches = branches.toArray(AsciiStep[]::new);
    }

    @Override
    public int end(AsciiTry tried, int at) {
      tried.spend(branches.length);
      for (AsciiStep branch : branches) {
        int end = branch.end(tried, at);
        if (end >= 0) {
          return end;
        }
      }
      return NOWHERE;
    }

    @Override
    public boolean addBeginnings(List<Beginning> beginnings) {
      return Arrays.stream(branches).allMatch(branch -> branch.addBeginnings(beginnings));
    }
  }
}
