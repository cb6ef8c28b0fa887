package io.orchscope.defect;

/**
 * A text that counts how often a pattern looks at it, and stops one that looks too often.
 *
 * <p>Java's regular expressions can take longer than a night on 30 characters and know no limit of
 * their own; counting, unlike a clock, gives the same verdict on every machine. Source: speed.md
 * B.4.
 */
final class BudgetedText implements CharSequence {

  /** About ten milliseconds; a sound pattern on 500 characters needs some thousand steps. */
  static final int STEPS = 1_000_000;

  private final String text;
  private int left = STEPS;

  BudgetedText(String text) {
    this.text = text;
  }

  /** Errors: {@link StalledPatternException} when the budget is used up. */
  @Override
  public char charAt(int index) {
    if (left-- <= 0) {
      throw new StalledPatternException("it takes more than " + STEPS + " steps");
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
