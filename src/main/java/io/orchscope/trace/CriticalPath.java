package io.orchscope.trace;

import static java.util.Comparator.comparing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * Marks the steps that determined when the orchestration ended: had one of them been faster, so
 * would have been the whole.
 *
 * <p>Walked from the end backwards. Of the steps with the same parent the one that ended last is on
 * the path; then, of those that had ended when it started, again the one that ended last, and so
 * on; and in the same way the steps within each of those. What ran beside a step of the path and
 * ended after its start is not on it. A step whose times are not exact is not on it either, since
 * nobody knows whether it took any.
 */
final class CriticalPath {

  private final List<Step> steps;
  private final List<List<Integer>> children = new ArrayList<>();
  private final BitSet path = new BitSet();

  private CriticalPath(List<Step> steps) {
    this.steps = steps;
    for (int i = 0; i <= steps.size(); i++) {
      children.add(new ArrayList<>());
    }
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).quality() == TimeQuality.EXACT) {
        children.get(steps.get(i).parent().orElse(-1) + 1).add(i);
      }
    }
  }

  /** The same steps in the same order. */
  static List<Step> mark(List<Step> steps) {
    CriticalPath walk = new CriticalPath(steps);
    walk.walk();
    List<Step> marked = new ArrayList<>(steps);
    walk.path.stream().forEach(i -> marked.set(i, steps.get(i).critical()));
    return List.copyOf(marked);
  }

  /** With a list of what is left to do: steps may be nested deeper than a thread's stack. */
  private void walk() {
    Deque<Integer> parents = new ArrayDeque<>(List.of(-1));
    while (!parents.isEmpty()) {
      int next = -1;
      for (int i : lastFirst(children.get(parents.removeLast() + 1))) {
        if (next < 0 || steps.get(i).endsBefore(steps.get(next))) {
          path.set(i);
          parents.add(i);
          next = i;
        }
      }
    }
  }

  private List<Integer> lastFirst(List<Integer> inside) {
    inside.sort(
        comparing((Integer i) -> steps.get(i).end())
            .thenComparing(i -> steps.get(i).lastIndex())
            .reversed());
    return inside;
  }
}
