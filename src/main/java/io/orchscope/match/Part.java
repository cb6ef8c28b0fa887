package io.orchscope.match;

import java.util.List;

/**
 * A regular expression, taken apart as far as needed to say what every text must hold that it is
 * found in.
 *
 * <p>Shape: groups leave no part of their own, since what they capture does not matter here.
 */
sealed interface Part {

  /** Stands for no end in {@link Repeat#most}. */
  int UNBOUNDED = Integer.MAX_VALUE;

  /**
   * These characters, one after the other.
   *
   * @param folded whether upper and lower case are the same
   */
  record Text(String text, boolean folded) implements Part {}

  /**
   * One code point out of a set.
   *
   * @param escapes letters of the classes in it, {@code dS}
   * @param isOpaque whether there is more in it than ranges and escapes tell
   */
  record OneOf(
      List<Range> ranges, String escapes, boolean negated, boolean folded, boolean isOpaque)
      implements Part {

    private static final Range LINE_FEED = new Range('\n', '\n');

    /** A full stop that stands for all but a line feed. */
    static final OneOf DOT = new OneOf(List.of(LINE_FEED), "", true, false, false);
  }

  /** Code points from one to another, both included. */
  record Range(int low, int high) {}

  /** One part after the other. */
  record Sequence(List<Part> parts) implements Part {}

  /** One of these, the first first. */
  record Choice(List<Part> branches) implements Part {}

  /** Some of the same. Shape: {@code most} may be {@link #UNBOUNDED}. */
  record Repeat(Part part, int least, int most, Mode mode) implements Part {}

  /** How much a repeat takes. */
  enum Mode {
    GREEDY,
    LAZY,
    POSSESSIVE
  }

  /** A group that gives nothing back. */
  record Atomic(Part part) implements Part {}

  /** What must, or must not, stand behind a place or, else, after it. */
  record Look(Part part, boolean behind, boolean negative) implements Part {}

  /** What a group captured before, once more. */
  record BackReference() implements Part {}

  /** A place between two characters. */
  enum Edge implements Part {
    TEXT_START,
    TEXT_END,
    /** The end of the text, or the last line end before it. */
    LAST_LINE_END,
    LINE_START,
    LINE_END,
    BOUNDARY,
    NO_BOUNDARY
  }
}
