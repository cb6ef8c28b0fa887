package io.orchscope.match;

import java.util.Optional;

/**
 * The characters of ASCII that one place of a pattern takes.
 *
 * @param low those below 64, a bit each
 * @param high those from 64 on
 */
record AsciiSet(long low, long high) {

  /** All but a line feed. */
  static final AsciiSet DOT = new AsciiSet(~(1L << '\n'), ~0L);

  /** What a set holds of ASCII; none where that is not known. */
  static Optional<AsciiSet> of(Part.OneOf set) {
    // Some letters beyond ASCII are the same as one of ASCII where upper and lower case are.
    if (set.isOpaque()
        || (set.folded() && set.ranges().stream().anyMatch(range -> range.high() >= 128))) {
      return Optional.empty();
    }
    long low = 0;
    long high = 0;
    for (int c = 0; c < 128; c++) {
      boolean isHeld = holds(set, c) || (set.folded() && isLetter(c) && holds(set, c ^ Fold.BIT));
      if (isHeld != set.negated()) {
        low |= c < Long.SIZE ? 1L << c : 0;
        high |= c < Long.SIZE ? 0 : 1L << c;
      }
    }
    return Optional.of(new AsciiSet(low, high));
  }

  static AsciiSet of(char character) {
    return character < Long.SIZE
        ? new AsciiSet(1L << character, 0)
        : new AsciiSet(0, 1L << character);
  }

  private static boolean holds(Part.OneOf set, int c) {
    for (Part.Range range : set.ranges()) {
      if (range.low() <= c && c <= range.high()) {
        return true;
      }
    }
    for (int i = 0; i < set.escapes().length(); i++) {
      if (isIn(set.escapes().charAt(i), c)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isIn(int escape, int c) {
    return switch (escape) {
      case 'd' -> c >= '0' && c <= '9';
      case 'w' -> isWord(c);
      case 's' -> c == ' ' || (c >= '\t' && c <= '\r');
      default -> !isIn(Character.toLowerCase(escape), c);
    };
  }

  /** Whether a character of ASCII is one of those between which there is no word boundary. */
  static boolean isWord(int c) {
    return c == '_' || (c >= '0' && c <= '9') || isLetter(c);
  }

  /** Whether a character of ASCII is a letter. */
  static boolean isLetter(int c) {
    return (c | Fold.BIT) >= 'a' && (c | Fold.BIT) <= 'z';
  }

  boolean has(byte c) {
    // Without a branch, which digits among letters make a matter of luck.
    long isLow = ((long) c - Long.SIZE) >> 63;
    return ((((low & isLow) | (high & ~isLow)) >>> c) & 1) != 0;
  }
}
