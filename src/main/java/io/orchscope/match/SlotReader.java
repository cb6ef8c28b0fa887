package io.orchscope.match;

import io.orchscope.match.SlotChain.Slot;
import io.orchscope.match.SlotChain.Step;
import io.orchscope.match.SlotChain.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns the parts of a plain pattern into the steps of a {@link SlotChain}. */
final class SlotReader {

  private static final int MOST_STEPS = 64;

  private final List<Step> steps = new ArrayList<>();

  private SlotReader() {}

  /** The steps; none when there is more to the pattern than words, slots and boundaries. */
  static Optional<List<Step>> read(Part pattern) {
    SlotReader reader = new SlotReader();
    boolean isPlain = reader.add(pattern);
    return isPlain ? Optional.of(reader.steps) : Optional.empty();
  }

  private boolean add(Part part) {
    if (steps.size() > MOST_STEPS) {
      return false;
    }
    if (part instanceof Part.Text text) {
      return addWords(text);
    }
    if (part instanceof Part.OneOf set) {
      return addSlot(AsciiSet.of(set), 1, 1);
    }
    if (part instanceof Part.Sequence sequence) {
      return sequence.parts().stream().allMatch(this::add);
    }
    if (part == Part.Edge.BOUNDARY) {
      return steps.add(new SlotChain.Boundary());
    }
    return part instanceof Part.Repeat repeat && addRepeat(repeat);
  }

  private boolean addWords(Part.Text text) {
    if (text.folded() || text.text().chars().anyMatch(c -> c >= 128)) {
      return false;
    }
    int last = steps.size() - 1;
    if (last >= 0 && steps.get(last) instanceof Words before) {
      steps.set(last, new Words(before.text() + text.text()));
    } else {
      steps.add(new Words(text.text()));
    }
    return true;
  }

  private boolean addSlot(Optional<AsciiSet> set, int least, int most) {
    return set.isPresent() && steps.add(new Slot(set.get(), least, most));
  }

  private boolean addRepeat(Part.Repeat repeat) {
    if (repeat.least() == repeat.most() && repeat.mode() != Part.Mode.POSSESSIVE) {
      return addTimes(repeat.part(), repeat.least());
    }
    if (repeat.mode() != Part.Mode.GREEDY) {
      return false;
    }
    if (repeat.part() instanceof Part.OneOf set) {
      return addSlot(AsciiSet.of(set), repeat.least(), repeat.most());
    }
    return repeat.part() instanceof Part.Text text
        && !text.folded()
        && text.text().length() == 1
        && text.text().charAt(0) < 128
        && addSlot(Optional.of(AsciiSet.of(text.text().charAt(0))), repeat.least(), repeat.most());
  }

  private boolean addTimes(Part part, int times) {
    if (part instanceof Part.OneOf set) {
      return addSlot(AsciiSet.of(set), times, times);
    }
    for (int i = 0; i < times; i++) {
      if (!add(part)) {
        return false;
      }
    }
    return true;
  }
}
