package io.orchscope.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A pattern that is nothing but words with anything between them: {@code device: .* state: .*up}.
 *
 * <p>Shape: decided by looking for one word after the other, exactly as java.util.regex would. Only
 * for texts without a line feed, over which a full stop does not go.
 */
final class LiteralChain {

  private final String[] words;

  /** Whether at least one character stands before each word, and after the last. */
  private final boolean[] gapHasOne;

  private final boolean startsAnywhere;
  private final boolean endsAnywhere;

  private LiteralChain(List<String> words, List<Integer> gaps) {
    this.words = words.toArray(String[]::new);
    this.gapHasOne = new boolean[gaps.size()];
    for (int i = 0; i < gapHasOne.length; i++) {
      gapHasOne[i] = gaps.get(i) == 1;
    }
    this.startsAnywhere = gaps.get(0) >= 0;
    this.endsAnywhere = gaps.get(gaps.size() - 1) >= 0;
  }

  /** The chain that a pattern is, if it is one. */
  static Optional<LiteralChain> of(Part pattern) {
    List<Part> parts =
        pattern instanceof Part.Sequence sequence ? sequence.parts() : List.of(pattern);
    List<String> words = new ArrayList<>();
    List<Integer> gaps = new ArrayList<>();
    int gap = NO_GAP;
    for (Part part : parts) {
      if (part instanceof Part.Text text && isPlain(text) && (gap != NO_GAP || words.isEmpty())) {
        gaps.add(gap);
        words.add(text.text());
        gap = NO_GAP;
      } else if (part instanceof Part.Repeat repeat && isGap(repeat) && gap == NO_GAP) {
        gap = repeat.least();
      } else {
        return Optional.empty();
      }
    }
    gaps.add(gap);
    return words.isEmpty() ? Optional.empty() : Optional.of(new LiteralChain(words, gaps));
  }

  private static final int NO_GAP = -1;

  private static boolean isPlain(Part.Text text) {
    return !text.folded()
        && text.text().chars().noneMatch(c -> c == '\n' || Character.isSurrogate((char) c));
  }

  private static boolean isGap(Part.Repeat repeat) {
    return repeat.part().equals(Part.OneOf.DOT)
        && repeat.least() <= 1
        && repeat.most() == Part.UNBOUNDED
        && repeat.mode() == Part.Mode.GREEDY;
  }

  /** Where the pattern is found in a text without a line feed. */
  long find(String text) {
    int from = 0;
    int first = 0;
    for (int i = 0; i < words.length; i++) {
      int at = text.indexOf(words[i], gapHasOne[i] ? from + 1 : from);
      if (at < 0) {
        return Place.NOWHERE;
      }
      first = i == 0 ? at : first;
      from = at + words[i].length();
    }
    if (gapHasOne[words.length] && from >= text.length()) {
      return Place.NOWHERE;
    }
    boolean endsHere = words.length == 1 && !startsAnywhere;
    int end = endsAnywhere ? text.length() : endsHere ? from : lastEnd(text, from);
    return Place.of(startsAnywhere ? 0 : first, end);
  }

  /**
   * The last end of the last words, of which one is known. Java looks forwards much faster than
   * backwards.
   */
  private int lastEnd(String text, int known) {
    String last = words[words.length - 1];
    int end = known;
    for (int at = known - last.length(); at >= 0; at = text.indexOf(last, at + 1)) {
      end = at + last.length();
    }
    return end;
  }
}
