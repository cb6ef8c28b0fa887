package io.orchscope.match;

import java.nio.charset.StandardCharsets;
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

  private static final int GLANCE_STEPS = 256;

  private final int[] windowsSeen;
  private final int[] rowsSeen;
  private final int[] windows;
  private int windowCount;
  private int[] rows = new int[16];
  private int rowCount;
  private int[] places = {};
  private int epoch;
  private String text = "";
  private byte[] bytes = {};
  private boolean isAscii;
  private boolean hasLineFeed;
  private int stepsLeft;
  private long stepsSpent;
  private long linearStepsLeft;

  Reading(int windowTotal, int rowTotal) {
    windowsSeen = new int[windowTotal];
    windows = new int[windowTotal];
    rowsSeen = new int[rowTotal];
  }

  /** Begins with a text. */
  void begin(String next) {
    text = next;
    // As many bytes as characters: that is what nothing but ASCII has, or half a pair as '?'.
    bytes = next.getBytes(StandardCharsets.UTF_8);
    isAscii = (bytes.length == next.length() && next.indexOf('?') < 0) || isAllAscii(next);
    bytes = isAscii ? bytes : Fold.of(next);
    hasLineFeed = next.indexOf('\n') >= 0;
    places = places.length > bytes.length ? places : new int[bytes.length + 64];
    windowCount = 0;
    rowCount = 0;
    stepsLeft = STEPS_OF_ALL;
    stepsSpent = 0;
    linearStepsLeft = LINEAR_STEPS_OF_ALL;
    if (++epoch < 0) {
      Arrays.fill(windowsSeen, 0);
      Arrays.fill(rowsSeen, 0);
      epoch = 1;
    }
  }

  private static boolean isAllAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 128) {
        return false;
      }
    }
    return true;
  }

  String text() {
    return text;
  }

  boolean isAscii() {
    return isAscii;
  }

  /** A byte for each character: its code in ASCII, or what {@link Fold} makes of it. */
  byte[] folded() {
    return bytes;
  }

  /** Room for a number for each character, and one more. */
  int[] places() {
    return places;
  }

  boolean hasLineFeed() {
    return hasLineFeed;
  }

  boolean hasLineEnd() {
    return hasLineFeed
        || text.indexOf('\r') >= 0
        || (!isAscii && text.chars().anyMatch(c -> c == 0x85 || c == 0x2028 || c == 0x2029));
  }

  /** Notes a window that stands in the text, once. */
  void see(int window) {
    if (windowsSeen[window] != epoch) {
      windowsSeen[window] = epoch;
      windows[windowCount++] = window;
    }
  }

  boolean hasSeen(int window) {
    return windowsSeen[window] == epoch;
  }

  int windowCount() {
    return windowCount;
  }

  int window(int index) {
    return windows[index];
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

  /** The steps that a rule gets before anything else is asked, of which most need fewer. */
  int glanceSteps() {
    return GLANCE_STEPS + text.length() * FEW_STEPS_PER_CHARACTER;
  }

  /** The steps that a rule gets before RE2/J is asked. */
  int fewSteps() {
    return Math.min(
        BudgetedText.STEPS, Math.max(FEW_STEPS, text.length() * FEW_STEPS_PER_CHARACTER));
  }

  void spend(int steps) {
    stepsSpent += steps;
    stepsLeft = (int) Math.max(0, STEPS_OF_ALL - stepsSpent);
  }

  /** Takes what RE2/J will cost; false, and nothing taken, when it is more than is left. */
  boolean spendLinear(long steps) {
    if (steps > linearStepsLeft) {
      return false;
    }
    linearStepsLeft -= steps;
    return true;
  }

  /** Looks of java.util.regex at this text so far. */
  long stepsSpent() {
    return stepsSpent;
  }

  long linearStepsSpent() {
    return LINEAR_STEPS_OF_ALL - linearStepsLeft;
  }

  /** Whether RE2/J was asked about this text. */
  boolean hasAskedLinear() {
    return linearStepsLeft < LINEAR_STEPS_OF_ALL;
  }
}
