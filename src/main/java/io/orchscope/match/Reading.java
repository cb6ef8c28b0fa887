package io.orchscope.match;

import java.util.Arrays;

/**
 * A text while it is looked at, what looking has cost so far, and room to note what was seen.
 *
 * <p>Shape: for one thread at a time; used again for the next text, so that looking at one makes no
 * objects.
 */
final class Reading {

  /**
   * What all rules together may take of a text before each gets little. Units: steps, some ten
   * nanoseconds each.
   */
  private static final int STEPS_OF_ALL = 4_000_000;

  /** The same for RE2/J. */
  private static final long LINEAR_STEPS_OF_ALL = 12_000_000;

  /** What a rule gets before RE2/J is asked, and when the others have used everything up. */
  private static final int FEW_STEPS = 50_000;

  private static final int FEW_STEPS_PER_CHARACTER = 8;

  private final int[] gramsSeen;
  private final int[] rowsSeen;
  private final int[] grams;
  private int gramCount;
  private int[] rows = new int[16];
  private int rowCount;
  private int epoch;
  private char[] characters = new char[1024];
  private String text = "";
  private boolean isAscii;
  private int stepsLeft;
  private long linearStepsLeft;

  Reading(int gramTotal, int rowTotal) {
    gramsSeen = new int[gramTotal];
    grams = new int[gramTotal];
    rowsSeen = new int[rowTotal];
  }

  /** Begins with a text; answers with its characters, of which there may be more behind it. */
  char[] begin(String next) {
    text = next;
    gramCount = 0;
    rowCount = 0;
    stepsLeft = STEPS_OF_ALL;
    linearStepsLeft = LINEAR_STEPS_OF_ALL;
    if (++epoch < 0) {
      Arrays.fill(gramsSeen, 0);
      Arrays.fill(rowsSeen, 0);
      epoch = 1;
    }
    int length = next.length();
    char[] all = length <= characters.length ? characters : new char[length];
    next.getChars(0, length, all, 0);
    int bits = 0;
    for (int i = 0; i < length; i++) {
      bits |= all[i];
    }
    isAscii = bits < 128;
    return all;
  }

  String text() {
    return text;
  }

  boolean isAscii() {
    return isAscii;
  }

  boolean hasLineFeed() {
    return text.indexOf('\n') >= 0;
  }

  boolean hasLineEnd() {
    return hasLineFeed()
        || text.indexOf('\r') >= 0
        || !isAscii && text.chars().anyMatch(c -> c == 0x85 || c == 0x2028 || c == 0x2029);
  }

  void see(int gram) {
    if (gramsSeen[gram] != epoch) {
      gramsSeen[gram] = epoch;
      grams[gramCount++] = gram;
    }
  }

  boolean hasSeen(int gram) {
    return gramsSeen[gram] == epoch;
  }

  int gramCount() {
    return gramCount;
  }

  int gram(int index) {
    return grams[index];
  }

  /** Takes a row that may be found in the text down, once. */
  void suspect(int row) {
    if (rowsSeen[row] == epoch) {
      return;
    }
    rowsSeen[row] = epoch;
    if (rowCount == rows.length) {
      rows = Arrays.copyOf(rows, rowCount * 2);
    }
    rows[rowCount++] = row;
  }

  /** The rows that were taken down, in their order; as many as {@link #rowCount}. */
  int[] sortedRows() {
    Arrays.sort(rows, 0, rowCount);
    return rows;
  }

  int rowCount() {
    return rowCount;
  }

  /** The steps that a rule gets which nobody else can decide. */
  int fullBudget() {
    return Math.max(fewSteps(), Math.min(BudgetedText.STEPS, stepsLeft));
  }

  /** The steps that a rule gets before RE2/J is asked. */
  int fewSteps() {
    return Math.min(
        BudgetedText.STEPS, Math.max(FEW_STEPS, text.length() * FEW_STEPS_PER_CHARACTER));
  }

  void spend(int steps) {
    stepsLeft -= Math.min(steps, Math.max(0, stepsLeft));
  }

  /** Takes what RE2/J will cost; false, and nothing taken, when it is more than is left. */
  boolean spendLinear(long steps) {
    if (steps > linearStepsLeft) {
      return false;
    }
    linearStepsLeft -= steps;
    return true;
  }
}
