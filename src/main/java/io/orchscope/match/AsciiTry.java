package io.orchscope.match;

/** One try to find a pattern in a text in ASCII, and what it may still cost. */
final class AsciiTry {

  private final String text;
  private final byte[] bytes;
  private final boolean hasLineFeed;
  private int left;

  AsciiTry(Reading reading, int budget) {
    text = reading.text();
    bytes = reading.folded();
    hasLineFeed = reading.hasLineFeed();
    left = budget;
  }

  String text() {
    return text;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return bytes.length;
  }

  boolean hasLineFeed() {
    return hasLineFeed;
  }

  /** Errors: {@link StalledPatternException} when the budget is used up. */
  void spend(int cost) {
    left -= cost;
    if (left < 0) {
      throw new StalledPatternException("it takes too many steps");
    }
  }
}
