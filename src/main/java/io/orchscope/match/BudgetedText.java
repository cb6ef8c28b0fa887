package io.orchscope.match;

/**
 * A text that counts how often a pattern looks at it, and stops one that looks too often.
 *
 * <p>Java's regular expressions can take longer than a night on 30 characters and know no limit of
 * their own; counting, unlike a clock, gives the same verdict on every machine. Source: speed.md
 * B.4.
 */
public final class BudgetedText implements CharSequence {

  /** About ten milliseconds; a sound pattern on 500 characters needs some thousand steps. */
  public static final int STEPS = 1_000_000;

  private final String text;
  private final int steps;
  private int left;

  public BudgetedText(String text) {
    this(text, STEPS);
  }

  BudgetedText(String text, int steps) {
    this.text = text;
    this.steps = steps;
    this.left = steps;
  }

  /** Errors: {@link StalledPatternException} when the budget is used up. */
  @Override
  public char charAt(int index) {
    if (left-- <= 0) {
      throw new StalledPatternException("it takes more than " + steps + " steps");
    }
    return text.charAt(index);
  }

  /** How often the text was looked at so far. */
  int used() {
    return steps - Math.max(0, left);
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
