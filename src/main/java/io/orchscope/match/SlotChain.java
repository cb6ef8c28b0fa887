package io.orchscope.match;

import java.util.Optional;

/**
 * A pattern of words and slots: {@code port [^ ]+ on (?:\d{1,3}\.){3}\d{1,3} is .* down\b}.
 *
 * <p>Shape: decided by backtracking from right to left over each slot, in the order in which
 * java.util.regex does it, so that the same part of the text is covered; but over bytes, and with a
 * jump to the next place where the words after a slot stand. Only for texts in ASCII.
 */
final class SlotChain {

  /** What to do at a place of the text. */
  sealed interface Step {}

  /** These characters. */
  record Words(String text) implements Step {}

  /** So many characters of a set, as many as there are. */
  record Slot(AsciiSet set, int least, int most) implements Step {}

  /** The beginning or the end of a word. */
  record Boundary() implements Step {}

  private final Step[] steps;
  private final String prefix;

  private SlotChain(Step[] steps, String prefix) {
    this.steps = steps;
    this.prefix = prefix;
  }

  /** The chain that a pattern is, if it is one that begins with words. */
  static Optional<SlotChain> of(Part pattern) {
    return SlotReader.read(pattern)
        .filter(steps -> !steps.isEmpty() && steps.get(0) instanceof Words)
        .map(steps -> new SlotChain(steps.toArray(Step[]::new), ((Words) steps.get(0)).text()));
  }

  /** One try to find the chain in a text. */
  private final class Try {

    private final String text;
    private final byte[] bytes;
    private final boolean hasLineFeed;
    private int left;

    private Try(Reading reading, int budget) {
      text = reading.text();
      bytes = reading.folded();
      hasLineFeed = reading.hasLineFeed();
      left = budget;
    }

    /** The end of the steps from one on, at a place; below zero when they do not fit there. */
    private int end(int first, int from) {
      int at = from;
      for (int i = first; i < steps.length; i++) {
        Step step = steps[i];
        if (step instanceof Words words) {
          if (!text.startsWith(words.text, at)) {
            return -1;
          }
          at += words.text.length();
        } else if (step instanceof Slot slot) {
          int longest = longest(slot, at);
          if (longest < at + slot.least) {
            return -1;
          }
          if (i + 1 == steps.length) {
            return longest;
          }
          if (slot.least < slot.most) {
            return giveBack(i + 1, at + slot.least, longest);
          }
          at = longest;
        } else if (!isBoundary(at)) {
          return -1;
        }
      }
      return at;
    }

    /** Tries the next steps from the last place on that a slot reaches, back to the first. */
    private int giveBack(int next, int first, int last) {
      for (int at = last; at >= first; at--) {
        if (steps[next] instanceof Words words) {
          int found = text.lastIndexOf(words.text, at);
          spend(at - Math.max(found, first));
          at = found;
        }
        spend(1);
        int end = at < first ? -1 : end(next, at);
        if (end >= 0) {
          return end;
        }
      }
      return -1;
    }

    private int longest(Slot slot, int from) {
      int limit = slot.most < text.length() - from ? from + slot.most : text.length();
      if (slot.set.equals(AsciiSet.DOT) && !hasLineFeed) {
        return limit;
      }
      int at = from;
      while (at < limit && slot.set.has(bytes[at])) {
        at++;
      }
      spend(at - from);
      return at;
    }

    private boolean isBoundary(int at) {
      boolean before = at > 0 && AsciiSet.isWord(bytes[at - 1]);
      boolean after = at < text.length() && AsciiSet.isWord(bytes[at]);
      return before != after;
    }

    private void spend(int cost) {
      left -= cost;
      if (left < 0) {
        throw new StalledPatternException("it takes too many steps");
      }
    }
  }

  /** Where the chain is found in a text in ASCII, or undecided when that takes too long. */
  long find(Reading reading, int budget) {
    Try tried = new Try(reading, budget);
    try {
      for (int start = reading.text().indexOf(prefix);
          start >= 0;
          start = reading.text().indexOf(prefix, start + 1)) {
        int end = tried.end(0, start);
        if (end >= 0) {
          return Place.of(start, end);
        }
      }
      return Place.NOWHERE;
    } catch (StalledPatternException tooCostly) {
      return Place.UNDECIDED;
    }
  }
}
