package io.orchscope.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks for a pattern in a text in ASCII, as java.util.regex does but over bytes: {@code port [^
 * ]+(?: on (?:\d{1,3}\.){3}\d{1,3})? is .* down\b}.
 *
 * <p>Shape: tries in the order in which java.util.regex does, so that the same part of the text is
 * covered, and jumps to the places where the words stand that a match begins with. Never changes;
 * safe for many threads.
 */
final class AsciiSearch {

  private final AsciiStep first;
  private final List<AsciiStep.Beginning> beginnings;
  private final boolean onlyOneLine;

  private AsciiSearch(AsciiStep first, List<AsciiStep.Beginning> beginnings, boolean onlyOneLine) {
    this.first = first;
    this.beginnings = beginnings;
    this.onlyOneLine = onlyOneLine;
  }

  /** The search for a pattern; none when it cannot be done so, or does not begin with words. */
  static Optional<AsciiSearch> of(Part pattern) {
    AsciiSteps steps = new AsciiSteps();
    try {
      AsciiStep first = steps.before(pattern, AsciiStep.END);
      List<AsciiStep.Beginning> beginnings = new ArrayList<>();
      return first.addBeginnings(beginnings)
          ? Optional.of(new AsciiSearch(first, List.copyOf(beginnings), steps.onlyOneLine()))
          : Optional.empty();
    } catch (UnknownConstructException unusual) {
      return Optional.empty();
    }
  }

  /** Where the pattern is found in a text in ASCII, or undecided when that takes too long. */
  long find(Reading reading, int budget) {
    if (onlyOneLine && reading.hasLineEnd()) {
      return Place.UNDECIDED;
    }
    AsciiTry tried = new AsciiTry(reading, budget);
    try {
      for (int start = next(tried, 0); start >= 0; start = next(tried, start + 1)) {
        int end = first.end(tried, start);
        if (end >= 0) {
          return Place.of(start, end);
        }
      }
      return Place.NOWHERE;
    } catch (StalledPatternException tooCostly) {
      return Place.UNDECIDED;
    }
  }

  /** The first place from one on where a match may begin. */
  private int next(AsciiTry tried, int from) {
    int next = -1;
    for (AsciiStep.Beginning beginning : beginnings) {
      int at = beginning.find(tried, from);
      tried.spend(1 + (beginnings.size() == 1 ? 0 : (at < 0 ? tried.length() : at) - from));
      if (at >= 0 && (next < 0 || at < next)) {
        next = at;
      }
    }
    return next;
  }
}
