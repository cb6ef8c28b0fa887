package io.orchscope.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Finds the parent of each step: the smallest step of another resource that encloses it; where some
 * that enclose it overlap in part, so that the smallest may as well be a neighbour, the smallest
 * that encloses those.
 *
 * <p>A resource has one parent. So what runs within another resource's time now, and beside it at
 * its next run, only ran at the same time.
 *
 * <p>Cost: about n log n for n steps. Only few orders of entries need more, and {@link TimeBudget}
 * bounds those.
 */
final class StepNesting {

  /** The steps of a resource whose times are exact, by their starts. */
  private static final class Runs {

    private final List<Integer> steps = new ArrayList<>();

    /** The latest end of the first steps. */
    private final List<Integer> latestEnds = new ArrayList<>();

    private int number;

    /** Whether one of its steps encloses a step with that start and end. */
    boolean enclose(int start, int end) {
      int low = 0;
      int high = steps.size();
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (steps.get(middle) < start) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low > 0 && latestEnds.get(low - 1) > end;
    }
  }

  private final List<Step> steps;
  private final TimeBudget budget;

  /** Place of each step in the order of the ends. */
  private final int[] ends;

  /** Number of each step's resource. */
  private final int[] resources;

  private final List<Runs> runs = new ArrayList<>();
  private final StepIntervals all;

  /** For each resource what is known of it as a parent of the one that is looked at. */
  private final byte[] parents;

  private static final byte UNKNOWN = 0;
  private static final byte YES = 1;
  private static final byte NO = 2;

  private StepNesting(List<Step> steps, TimeBudget budget) {
    this.steps = steps;
    this.budget = budget;
    this.ends = ends(steps);
    this.resources = new int[steps.size()];
    Map<String, Integer> numbers = new HashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      resources[i] = numbers.computeIfAbsent(step.entry().resourceId(), id -> numbers.size());
      if (resources[i] == runs.size()) {
        runs.add(new Runs());
      }
      Runs ofResource = runs.get(resources[i]);
      ofResource.number++;
      if (step.quality() == TimeQuality.EXACT) {
        int latest =
            ofResource.latestEnds.isEmpty()
                ? -1
                : ofResource.latestEnds.get(ofResource.latestEnds.size() - 1);
        ofResource.steps.add(i);
        ofResource.latestEnds.add(Math.max(latest, ends[i]));
      }
    }
    this.parents = new byte[runs.size()];
    this.all = intervals(resource -> true);
  }

  /**
   * The same steps, each with its parent.
   *
   * @param steps in the order of their starts
   */
  static List<Step> nest(List<Step> steps, TimeBudget budget) {
    int[] found = new StepNesting(steps, budget).parents();
    List<Step> nested = new ArrayList<>();
    for (int i = 0; i < found.length; i++) {
      nested.add(
          steps.get(i).within(found[i] < 0 ? OptionalInt.empty() : OptionalInt.of(found[i])));
    }
    return nested;
  }

  private static int[] ends(List<Step> steps) {
    List<Integer> byEnd = new ArrayList<>(IntStream.range(0, steps.size()).boxed().toList());
    byEnd.sort(
        (one, other) -> {
          int byTime = steps.get(one).end().compareTo(steps.get(other).end());
          return byTime != 0
              ? byTime
              : Integer.compare(steps.get(one).lastIndex(), steps.get(other).lastIndex());
        });
    int[] ends = new int[steps.size()];
    for (int place = 0; place < ends.length; place++) {
      ends[byEnd.get(place)] = place;
    }
    return ends;
  }

  private StepIntervals intervals(IntPredicate ofResources) {
    int[] chosen =
        IntStream.range(0, ends.length)
            .filter(i -> steps.get(i).quality() == TimeQuality.EXACT)
            .filter(i -> ofResources.test(resources[i]))
            .toArray();
    return new StepIntervals(chosen, ends, budget);
  }

  private int[] parents() {
    int[] found = new int[ends.length];
    List<List<Integer>> byResource = new ArrayList<>();
    runs.forEach(ofResource -> byResource.add(new ArrayList<>()));
    for (int i = 0; i < found.length; i++) {
      byResource.get(resources[i]).add(i);
    }
    for (int resource = 0; resource < byResource.size(); resource++) {
      parents(resource, byResource.get(resource), found);
    }
    return found;
  }

  private void parents(int resource, List<Integer> children, int[] found) {
    boolean isAlone = runs.get(resource).number == 1 && runs.get(resource).steps.size() == 1;
    if (isAlone) {
      // What encloses its only step is a parent of the resource.
      int child = children.get(0);
      found[child] = all.innermost(child, ends[child], step -> true);
      return;
    }
    Candidates candidates = new Candidates(resource);
    for (int child : children) {
      found[child] = candidates.innermost(child);
    }
    candidates.forget();
  }

  /** The steps that may be parents of one resource's steps. */
  private final class Candidates {

    private final int resource;
    private final List<Integer> known = new ArrayList<>();
    private StepIntervals intervals = all;
    private long passedOver;

    Candidates(int resource) {
      this.resource = resource;
    }

    int innermost(int child) {
      if (passedOver > ends.length && intervals == all) {
        // So many are passed over that a look at all of them costs less.
        intervals = intervals(this::isParent);
      }
      return intervals.innermost(child, ends[child], this::isOfAParent);
    }

    private boolean isOfAParent(int step) {
      boolean isParent = isParent(resources[step]);
      passedOver += isParent ? 0 : 1;
      return isParent;
    }

    private boolean isParent(int other) {
      if (parents[other] == UNKNOWN) {
        parents[other] = enclosesEachRunOf(other) ? YES : NO;
        known.add(other);
      }
      return parents[other] == YES;
    }

    /** Whether each step, as far as its times are known, ran within one of the other resource. */
    private boolean enclosesEachRunOf(int other) {
      if (other == resource) {
        return false;
      }
      for (int step : runs.get(resource).steps) {
        budget.spend();
        if (!runs.get(other).enclose(step, ends[step])) {
          return false;
        }
      }
      return true;
    }

    void forget() {
      known.forEach(other -> parents[other] = UNKNOWN);
    }
  }
}
