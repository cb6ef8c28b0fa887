package io.orchscope.hostlog;

/**
 * What reading may take of a circuit's budget.
 *
 * @param reserve bytes that are not touched, so that something is left to read what a search finds
 * @param isFree whether it costs time only
 */
record Allowance(LogBudget budget, long reserve, boolean isFree) {

  /** All of a budget. */
  static Allowance all(LogBudget budget) {
    return new Allowance(budget, 0, false);
  }

  /** Half of what is left of a budget now. */
  static Allowance half(LogBudget budget) {
    return new Allowance(budget, budget.bytesLeft() / 2, false);
  }

  /** Time, and no bytes. */
  static Allowance time(LogBudget budget) {
    return new Allowance(budget, 0, true);
  }

  /** Draws bytes that have been read, or are about to be. */
  void draw(long bytes) throws OutOfBudgetException {
    budget.requireTime();
    if (reserve > 0 && left() < bytes) {
      throw new OutOfBudgetException(
          "More bytes would be read than a search may take of the budget", false);
    }
    if (!isFree) {
      budget.draw(bytes);
    }
  }

  /** Never below zero. */
  long left() {
    return isFree ? Long.MAX_VALUE : Math.max(0, budget.bytesLeft() - reserve);
  }
}
