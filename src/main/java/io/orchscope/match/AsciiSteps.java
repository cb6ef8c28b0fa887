package io.orchscope.match;

import java.util.ArrayList;
import java.util.List;

/**
 * Turns the parts of a pattern into steps, from the last to the first.
 *
 * <p>Errors: {@link UnknownConstructException} for what is left to java.util.regex: what a group
 * captured, groups that repeat without bound, letters beyond ASCII, and patterns of too many steps.
 */
final class AsciiSteps {

  private static final int MOST_STEPS = 200;

  private int steps;
  private boolean onlyOneLine;

  /** Whether the steps say what the pattern says only of texts without a line end. */
  boolean onlyOneLine() {
    return onlyOneLine;
  }

  /** The steps of a part, and after them these. */
  AsciiStep before(Part part, AsciiStep next) {
    if (++steps > MOST_STEPS) {
      throw new UnknownConstructException();
    }
    if (part instanceof Part.Text text) {
      return words(text, next);
    }
    if (part instanceof Part.OneOf set) {
      return new AsciiStep.Slot(set(set), 1, 1, false, next);
    }
    if (part instanceof Part.Sequence sequence) {
      AsciiStep first = next;
      for (int i = sequence.parts().size() - 1; i >= 0; i--) {
        first = before(sequence.parts().get(i), first);
      }
      return first;
    }
    if (part instanceof Part.Choice choice) {
      return branches(choice.branches(), next);
    }
    if (part instanceof Part.Repeat repeat) {
      return repeated(repeat, next);
    }
    if (part instanceof Part.Edge edge) {
      return edge(edge, next);
    }
    if (part instanceof Part.Look look) {
      return look(look, next);
    }
    throw new UnknownConstructException();
  }

  private static AsciiStep words(Part.Text text, AsciiStep next) {
    if (text.text().chars().anyMatch(c -> c >= 128)) {
      throw new UnknownConstructException();
    }
    return text.folded()
        ? new AsciiStep.FoldedWords(text.text(), next)
        : new AsciiStep.Words(text.text(), next);
  }

  private static AsciiSet set(Part.OneOf set) {
    return AsciiSet.of(set).orElseThrow(UnknownConstructException::new);
  }

  private AsciiStep branches(List<Part> parts, AsciiStep next) {
    List<AsciiStep> branches = new ArrayList<>();
    parts.forEach(branch -> branches.add(before(branch, next)));
    return new AsciiStep.Branches(branches);
  }

  private AsciiStep repeated(Part.Repeat repeat, AsciiStep next) {
    if (repeat.mode() == Part.Mode.POSSESSIVE || repeat.least() > repeat.most()) {
      throw new UnknownConstructException();
    }
    boolean isLazy = repeat.mode() == Part.Mode.LAZY;
    if (repeat.part() instanceof Part.OneOf set) {
      return new AsciiStep.Slot(set(set), repeat.least(), repeat.most(), isLazy, next);
    }
    if (isOneCharacter(repeat.part())) {
      AsciiSet one = AsciiSet.of(((Part.Text) repeat.part()).text().charAt(0));
      return new AsciiStep.Slot(one, repeat.least(), repeat.most(), isLazy, next);
    }
    if (repeat.least() == 0 && repeat.most() == 1) {
      AsciiStep once = before(repeat.part(), next);
      return new AsciiStep.Branches(isLazy ? List.of(next, once) : List.of(once, next));
    }
    if (repeat.least() != repeat.most()) {
      throw new UnknownConstructException();
    }
    AsciiStep first = next;
    for (int i = 0; i < repeat.least(); i++) {
      first = before(repeat.part(), first);
    }
    return first;
  }

  private static boolean isOneCharacter(Part part) {
    return part instanceof Part.Text text
        && !text.folded()
        && text.text().length() == 1
        && text.text().charAt(0) < 128;
  }

  private AsciiStep edge(Part.Edge edge, AsciiStep next) {
    if (edge == Part.Edge.LINE_START || edge == Part.Edge.LINE_END) {
      throw new UnknownConstructException();
    }
    onlyOneLine |= edge == Part.Edge.LAST_LINE_END;
    return new AsciiPlace.Edge(edge, next);
  }

  private AsciiStep look(Part.Look look, AsciiStep next) {
    int before = look.behind() ? PartLength.of(look.part()) : 0;
    if (before < 0) {
      throw new UnknownConstructException();
    }
    return new AsciiPlace.Look(before(look.part(), AsciiStep.END), before, look.negative(), next);
  }
}
