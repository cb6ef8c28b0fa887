package io.orchscope.match;

import java.util.List;

/** A step that takes no characters: it asks something of the place where it stands. */
interface AsciiPlace extends AsciiStep {

  /** What comes after it, at the same place. */
  AsciiStep next();

  /** Whether the place is as it should be. */
  boolean isHere(AsciiTry tried, int at);

  @Override
  default int end(AsciiTry tried, int at) {
    return isHere(tried, at) ? next().end(tried, at) : NOWHERE;
  }

  @Override
  default boolean addBeginnings(List<Beginning> beginnings) {
    return next().addBeginnings(beginnings);
  }

  /**
   * The beginning or the end of the text or of a word.
   *
   * <p>Shape: {@code LAST_LINE_END} only for texts without a line end; never a line's.
   */
  record Edge(Part.Edge edge, AsciiStep next) implements AsciiPlace {

    @Override
    public boolean isHere(AsciiTry tried, int at) {
      return switch (edge) {
        case TEXT_START -> at == 0;
        case TEXT_END, LAST_LINE_END -> at == tried.length();
        case BOUNDARY -> isBoundary(tried, at);
        case NO_BOUNDARY -> !isBoundary(tried, at);
        case LINE_START, LINE_END -> throw new IllegalStateException("Not asked for: " + edge);
      };
    }

    private static boolean isBoundary(AsciiTry tried, int at) {
      boolean before = at > 0 && AsciiSet.isWord(tried.bytes()[at - 1]);
      boolean after = at < tried.length() && AsciiSet.isWord(tried.bytes()[at]);
      return before != after;
    }
  }

  /**
   * What must, or must not, stand before or after the place.
   *
   * @param first what is looked for, up to {@link AsciiStep#END}
   * @param before so many characters before the place; none for a look ahead
   */
  record Look(AsciiStep first, int before, boolean negative, AsciiStep next) implements AsciiPlace {

    @Override
    public boolean isHere(AsciiTry tried, int at) {
      tried.spend(1);
      boolean isThere = at >= before && first.end(tried, at - before) >= 0;
      return isThere != negative;
    }
  }
}
