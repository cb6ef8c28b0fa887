package io.orchscope.match;

import java.util.List;

/** Whether all that a part stands for has one length. */
final class PartLength {

  private static final int VARIES = -1;
  private static final int UNKNOWN = -2;

  private PartLength() {}

  /** False only when it is certain that there are two lengths. */
  static boolean isFixed(Part part) {
    return of(part) != VARIES;
  }

  /** The length of all that a part stands for; below zero when there are several, or unknown. */
  static int of(Part part) {
    if (part instanceof Part.Text text) {
      return text.text().codePointCount(0, text.text().length());
    }
    if (part instanceof Part.OneOf) {
      return 1;
    }
    if (part instanceof Part.Sequence sequence) {
      return sum(sequence.parts());
    }
    if (part instanceof Part.Choice choice) {
      List<Integer> lengths = choice.branches().stream().map(PartLength::of).distinct().toList();
      return lengths.contains(UNKNOWN) ? UNKNOWN : lengths.size() == 1 ? lengths.get(0) : VARIES;
    }
    if (part instanceof Part.Repeat repeat) {
      int once = of(repeat.part());
      if (once == 0 || repeat.most() == 0) {
        return 0;
      }
      return repeat.least() != repeat.most() ? VARIES : once < 0 ? once : once * repeat.least();
    }
    if (part instanceof Part.Atomic atomic) {
      return of(atomic.part());
    }
    return part instanceof Part.BackReference ? UNKNOWN : 0;
  }

  private static int sum(List<Part> parts) {
    int all = 0;
    for (Part part : parts) {
      int length = of(part);
      if (length < 0) {
        return length;
      }
      all += length;
    }
    return all;
  }
}
