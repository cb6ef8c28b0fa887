package io.orchscope.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.regex.Pattern;

/**
 * Says which of many patterns is the first that a text holds, as trying one after the other would,
 * at a cost that their number hardly raises.
 *
 * <p>One pass over the text looks for windows, of which each pattern has some that must be there;
 * only patterns whose windows all are there are tried, in their order. A pattern of which no window
 * is known is always tried.
 *
 * <p>Shape: never changes; safe for many threads, which each borrow a {@link Reading}.
 */
public final class OrderedPatterns {

  private static final int READINGS = 16;

  private final RowSearch[] searches;
  private final GramRows grams;
  private final AtomicReferenceArray<Reading> idle = new AtomicReferenceArray<>(READINGS);

  private OrderedPatterns(RowSearch[] searches, GramRows grams) {
    this.searches = searches;
    this.grams = grams;
  }

  /** These patterns, in this order. */
  public static OrderedPatterns of(List<Pattern> patterns) {
    List<List<Need>> needs = new ArrayList<>(patterns.size());
    RowSearch[] searches = new RowSearch[patterns.size()];
    for (Pattern pattern : patterns) {
      Optional<Part> part = PatternReader.read(pattern);
      List<Need> own = part.map(RequiredLiterals::of).orElse(List.of());
      searches[needs.size()] = new RowSearch(pattern, part, own);
      needs.add(own);
    }
    return new OrderedPatterns(searches, GramRows.of(needs));
  }

  /** The first pattern that a text holds. Errors: none. */
  public FirstMatch find(String text) {
    int slot = (int) Thread.currentThread().getId() & (READINGS - 1);
    Reading borrowed = idle.getAndSet(slot, null);
    Reading reading = borrowed == null ? grams.newReading() : borrowed;
    try {
      return find(text, reading);
    } finally {
      idle.set(slot, reading);
    }
  }

  /**
   * Whether one pattern is found in a text.
   *
   * <p>Errors: {@link StalledPatternException} when nobody can say within what it may cost.
   */
  public boolean isFound(int row, String text) {
    Reading reading = new Reading(0, 0);
    reading.begin(text);
    long place = searches[row].find(reading);
    if (place == Place.UNDECIDED) {
      throw new StalledPatternException("it takes more than " + BudgetedText.STEPS + " steps");
    }
    return place != Place.NOWHERE;
  }

  private FirstMatch find(String text, Reading reading) {
    reading.begin(text);
    grams.suspect(reading);
    int[] suspects = reading.sortedRows();
    int[] always = grams.always();
    int next = 0;
    int nextAlways = 0;
    List<Integer> undecided = List.of();
    while (next < reading.rowCount() || nextAlways < always.length) {
      boolean takesAlways =
          next == reading.rowCount()
              || (nextAlways < always.length && always[nextAlways] < suspects[next]);
      int row = takesAlways ? always[nextAlways++] : suspects[next++];
      long place = searches[row].find(reading);
      if (place == Place.UNDECIDED) {
        undecided = undecided.isEmpty() ? new ArrayList<>() : undecided;
        undecided.add(row);
      } else if (place != Place.NOWHERE) {
        return new FirstMatch(
            Optional.of(new FirstMatch.Found(row, Place.start(place), Place.end(place))),
            undecided);
      }
    }
    return undecided.isEmpty() ? FirstMatch.NOTHING : new FirstMatch(Optional.empty(), undecided);
  }
}
