package io.orchscope.trace;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Some steps by their starts and ends, to be asked which of them enclose another.
 *
 * <p>A step here is its place in the order of the starts; an end is its place in the order of the
 * ends. Two trees answer each question in about log n steps: the latest end of a range of starts,
 * and the earliest start of a range of ends.
 */
final class StepIntervals {

  private static final int NONE = -1;

  private final int[] steps;
  private final TimeBudget budget;

  /** Ends of the steps, in ascending order. */
  private final int[] ends;

  /** Leaves from {@code size} on, in the order of the starts: place of the step's end. */
  private final int[] latestEnd;

  /** Leaves from {@code size} on, in the order of the ends: place of the step's start. */
  private final int[] earliestStart;

  private final int size;

  /**
   * Steps to ask about.
   *
   * @param steps in ascending order
   * @param endOf the end of every step, whether it is one of these or not
   */
  StepIntervals(int[] steps, int[] endOf, TimeBudget budget) {
    this.steps = steps;
    this.budget = budget;
    // Larger than the number of steps, so that there is a leaf behind the last of them.
    this.size = 2 * Integer.highestOneBit(Math.max(1, steps.length));
    this.latestEnd = new int[2 * size];
    this.earliestStart = new int[2 * size];
    Arrays.fill(latestEnd, NONE);
    Arrays.fill(earliestStart, Integer.MAX_VALUE);
    int[] byEnd =
        IntStream.range(0, steps.length)
            .boxed()
            .sorted(Comparator.comparingInt(start -> endOf[steps[start]]))
            .mapToInt(Integer::intValue)
            .toArray();
    this.ends = new int[steps.length];
    for (int end = 0; end < byEnd.length; end++) {
      ends[end] = endOf[steps[byEnd[end]]];
      latestEnd[size + byEnd[end]] = end;
      earliestStart[size + end] = byEnd[end];
    }
    for (int node = size - 1; node > 0; node--) {
      latestEnd[node] = Math.max(latestEnd[2 * node], latestEnd[2 * node + 1]);
      earliestStart[node] = Math.min(earliestStart[2 * node], earliestStart[2 * node + 1]);
    }
  }

  /**
   * The innermost step around another that encloses, or is enclosed by, each step around it.
   *
   * <p>Steps that overlap in part form a block; the block grows until no step outside overlaps one
   * inside. A block of one step is the answer.
   *
   * @param isWanted steps that it refuses count as not there
   * @return the step, or -1 when there is none
   */
  int innermost(int start, int end, IntPredicate isWanted) {
    int low = firstNotBelow(steps, start);
    int high = firstNotBelow(ends, end + 1) - 1;
    while (true) {
      int step = lastBefore(low, high, isWanted);
      if (step == NONE) {
        return NONE;
      }
      int from = step;
      int to = latestEnd[size + step];
      int other = overlapping(1, 0, size, high + 1, to, from, isWanted);
      if (other == NONE) {
        return steps[step];
      }
      while (other != NONE) {
        for (int later = other; later != NONE; ) {
          to = Math.max(to, latestEnd[size + later]);
          later = ending(1, 0, size, other, from, to, isWanted);
        }
        from = other;
        other = overlapping(1, 0, size, high + 1, to, from, isWanted);
      }
      low = from;
      high = to;
    }
  }

  /** The last wanted step before one place that ends after another. */
  private int lastBefore(int before, int after, IntPredicate isWanted) {
    int at = before;
    while (true) {
      at = lastEndingAfter(at, after);
      if (at == NONE || isWanted.test(steps[at])) {
        return at;
      }
    }
  }

  private int lastEndingAfter(int before, int after) {
    budget.spend();
    // Leftwards until a subtree holds one, then down into it.
    int node = size + before;
    while (true) {
      while (node > 1 && node % 2 == 0) {
        node /= 2;
      }
      if (node <= 1) {
        return NONE;
      }
      node--;
      if (latestEnd[node] > after) {
        break;
      }
    }
    while (node < size) {
      node = latestEnd[2 * node + 1] > after ? 2 * node + 1 : 2 * node;
    }
    return node - size;
  }

  /** A wanted step that starts before a place and ends in a range; rather an early one. */
  private int overlapping(
      int node, int left, int width, int from, int to, int before, IntPredicate isWanted) {
    if (left >= to || left + width <= from || earliestStart[node] >= before) {
      return NONE;
    }
    budget.spend();
    if (node >= size) {
      return isWanted.test(steps[earliestStart[node]]) ? earliestStart[node] : NONE;
    }
    int half = width / 2;
    boolean leftFirst = earliestStart[2 * node] <= earliestStart[2 * node + 1];
    int first = leftFirst ? 0 : 1;
    int found =
        overlapping(2 * node + first, left + first * half, half, from, to, before, isWanted);
    return found != NONE
        ? found
        : overlapping(
            2 * node + 1 - first, left + (1 - first) * half, half, from, to, before, isWanted);
  }

  /** A wanted step that starts in a range and ends after a place; rather a late one. */
  private int ending(
      int node, int left, int width, int from, int to, int after, IntPredicate isWanted) {
    if (left >= to || left + width <= from || latestEnd[node] <= after) {
      return NONE;
    }
    budget.spend();
    if (node >= size) {
      int step = node - size;
      return isWanted.test(steps[step]) ? step : NONE;
    }
    int half = width / 2;
    boolean leftFirst = latestEnd[2 * node] >= latestEnd[2 * node + 1];
    int first = leftFirst ? 0 : 1;
    int found = ending(2 * node + first, left + first * half, half, from, to, after, isWanted);
    return found != NONE
        ? found
        : ending(2 * node + 1 - first, left + (1 - first) * half, half, from, to, after, isWanted);
  }

  private static int firstNotBelow(int[] sorted, int value) {
    int found = Arrays.binarySearch(sorted, value);
    return found >= 0 ? found : -found - 1;
  }
}
