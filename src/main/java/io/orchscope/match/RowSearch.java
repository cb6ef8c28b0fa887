package io.orchscope.match;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks for one pattern in a text, the cheapest way first, and never for long.
 *
 * <p>Words alone are looked for as words. Where there is more, the words in their order are looked
 * for first, then java.util.regex gets a budget of steps, then RE2/J is asked, if it would answer
 * the same. What remains is undecided.
 */
final class RowSearch {

  private final Pattern pattern;
  private final Optional<LiteralChain> chain;
  private final Optional<AsciiSearch> ascii;
  private final String[][] ordered;
  private final String prefix;
  private Optional<LinearSearch> linear = Optional.empty();
  private boolean isLinearKnown;

  RowSearch(Pattern pattern, Optional<Part> part, List<Need> needs) {
    this.pattern = pattern;
    this.chain = part.flatMap(LiteralChain::of);
    this.ascii = part.flatMap(AsciiSearch::of);
    this.ordered =
        needs.stream().filter(Need::isWords).map(RowSearch::words).toArray(String[][]::new);
    this.prefix = part.map(RowSearch::prefix).orElse("");
  }

  private static String[] words(Need need) {
    return need.ways().stream().map(way -> way.get(0).text()).toArray(String[]::new);
  }

  /** The words that a match begins with. */
  private static String prefix(Part part) {
    Part first = part;
    while (first instanceof Part.Sequence sequence && !sequence.parts().isEmpty()) {
      first = sequence.parts().get(0);
    }
    return first instanceof Part.Text text && !text.folded() ? text.text() : "";
  }

  /** Where the pattern is found, as {@link Place}. */
  long find(Reading reading) {
    String text = reading.text();
    if (chain.isPresent() && !reading.hasLineFeed()) {
      return chain.get().find(text);
    }
    boolean isPlain = ascii.isPresent() && reading.isAscii();
    long glance = isPlain ? ascii.get().find(reading, reading.glanceSteps()) : Place.UNDECIDED;
    if (glance != Place.UNDECIDED) {
      return glance;
    }
    if (!holdsWords(text)) {
      return Place.NOWHERE;
    }
    long place = isPlain ? ascii.get().find(reading, reading.fewSteps()) : Place.UNDECIDED;
    place = place == Place.UNDECIDED ? backtrack(reading, reading.fewSteps()) : place;
    return place == Place.UNDECIDED ? findAtLength(reading) : place;
  }

  private long findAtLength(Reading reading) {
    Optional<LinearSearch> exact = linear().filter(search -> search.isExactFor(reading));
    int length = reading.text().length();
    if (exact.isPresent() && reading.spendLinear(exact.get().cost(length))) {
      return exact.get().find(reading.text());
    }
    int steps = reading.fullBudget();
    return steps > reading.fewSteps() ? backtrack(reading, steps) : Place.UNDECIDED;
  }

  /** Made when it is first needed, which for most rows is never. */
  private synchronized Optional<LinearSearch> linear() {
    if (!isLinearKnown) {
      linear = LinearSearch.of(pattern);
      isLinearKnown = true;
    }
    return linear;
  }

  /** Whether the words that the pattern needs stand in the text, in their order. */
  private boolean holdsWords(String text) {
    int from = 0;
    for (String[] ways : ordered) {
      int end = Integer.MAX_VALUE;
      for (String words : ways) {
        int at = text.indexOf(words, from);
        if (at >= 0) {
          end = Math.min(end, at + words.length());
        }
      }
      if (end == Integer.MAX_VALUE) {
        return false;
      }
      from = end;
    }
    return true;
  }

  /** Whether java.util.regex alone would not come to an end. */
  boolean stalls(Reading reading) {
    return backtrack(reading, BudgetedText.STEPS) == Place.UNDECIDED;
  }

  private long backtrack(Reading reading, int steps) {
    BudgetedText text = new BudgetedText(reading.text(), steps);
    Matcher matcher = pattern.matcher(text);
    try {
      int from = prefix.isEmpty() ? 0 : reading.text().indexOf(prefix);
      return from >= 0 && matcher.find(from)
          ? Place.of(matcher.start(), matcher.end())
          : Place.NOWHERE;
    } catch (StalledPatternException | StackOverflowError tooCostly) {
      return Place.UNDECIDED;
    } finally {
      reading.spend(text.used());
    }
  }
}
