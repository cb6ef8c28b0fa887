package io.orchscope.match;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which rows a text may hold, by the windows that stand in it. Shape: never changes. */
final class GramRows {

  /** So many characters are passed over at the cost of looking for the words of one row. */
  private static final int CHARACTERS_A_ROW = 16;

  private final List<GramIndex> indexes;

  /** By the number of a window, the rows that it triggers. */
  private final int[][] triggered;

  /** By row, the other windows that must be there. */
  private final int[][] filters;

  /** Rows that may always be held, in their order. */
  private final int[] always;

  private GramRows(List<GramIndex> indexes, int[][] triggered, int[][] filters, int[] always) {
    this.indexes = indexes;
    this.triggered = triggered;
    this.filters = filters;
    this.always = always;
  }

  /** The windows of a table, each with its number. */
  private static final class Numbers {

    private final Map<String, Integer> byKey = new HashMap<>();
    private final Map<Width, Map<Long, List<Integer>>> byGram = new EnumMap<>(Width.class);

    private int of(Window window) {
      Integer known = byKey.putIfAbsent(window.key(), byKey.size());
      if (known != null) {
        return known;
      }
      int number = byKey.size() - 1;
      Map<Long, List<Integer>> ofWidth =
          byGram.computeIfAbsent(window.width(), width -> new HashMap<>());
      for (int i = 0; i < window.width().stride; i++) {
        List<Integer> numbers = ofWidth.computeIfAbsent(window.gram(i), gram -> new ArrayList<>(1));
        if (numbers.isEmpty() || numbers.get(numbers.size() - 1) != number) {
          numbers.add(number);
        }
      }
      return number;
    }

    private int[] of(List<Window> windows) {
      return windows.stream().mapToInt(this::of).distinct().toArray();
    }
  }

  /** Rows by what a text must hold for them. */
  static GramRows of(List<List<Need>> needs) {
    List<Optional<GramChoice.Chosen>> chosenWindows = withoutAPassForFew(needs);
    Numbers numbers = new Numbers();
    int[][] triggers = new int[needs.size()][];
    int[][] filters = new int[needs.size()][];
    List<Integer> always = new ArrayList<>();
    for (int row = 0; row < filters.length; row++) {
      Optional<GramChoice.Chosen> chosen = chosenWindows.get(row);
      triggers[row] = numbers.of(chosen.map(GramChoice.Chosen::triggers).orElse(List.of()));
      filters[row] = numbers.of(chosen.map(GramChoice.Chosen::filters).orElse(List.of()));
      if (chosen.isEmpty()) {
        always.add(row);
      }
    }
    List<GramIndex> indexes = new ArrayList<>();
    numbers.byGram.forEach((width, byGram) -> indexes.add(new GramIndex(width, byGram)));
    return new GramRows(
        List.copyOf(indexes), rowsByWindow(triggers, numbers.byKey.size()), filters, array(always));
  }

  /**
   * The windows of each row; none for rows of a width that so few have that looking for the words
   * of each costs less than another pass over the text.
   */
  private static List<Optional<GramChoice.Chosen>> withoutAPassForFew(List<List<Need>> needs) {
    GramChoice choice = new GramChoice(needs);
    List<Optional<GramChoice.Chosen>> all = new ArrayList<>();
    Map<Width, List<Integer>> rows = new EnumMap<>(Width.class);
    for (List<Need> row : needs) {
      Optional<GramChoice.Chosen> chosen = choice.choose(row);
      chosen.ifPresent(
          windows ->
              rows.computeIfAbsent(windows.narrowest(), width -> new ArrayList<>())
                  .add(all.size()));
      all.add(chosen);
    }
    rows.remove(Width.WIDE);
    rows.forEach(
        (width, few) -> {
          boolean areWords =
              few.stream().allMatch(row -> needs.get(row).stream().anyMatch(Need::isWords));
          if (areWords && few.size() <= CHARACTERS_A_ROW / width.stride) {
            few.forEach(row -> all.set(row, Optional.empty()));
          }
        });
    return all;
  }

  private static int[][] rowsByWindow(int[][] triggers, int windows) {
    List<List<Integer>> rows = new ArrayList<>();
    for (int i = 0; i < windows; i++) {
      rows.add(new ArrayList<>(1));
    }
    for (int row = 0; row < triggers.length; row++) {
      for (int window : triggers[row]) {
        rows.get(window).add(row);
      }
    }
    return rows.stream().map(GramRows::array).toArray(int[][]::new);
  }

  private static int[] array(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  Reading newReading() {
    return new Reading(triggered.length, filters.length);
  }

  int[] always() {
    return always;
  }

  /** Notes every row that a text may hold, but for those that it always may. */
  void suspect(Reading reading) {
    for (GramIndex index : indexes) {
      index.see(reading.folded(), reading);
    }
    for (int i = 0; i < reading.windowCount(); i++) {
      for (int row : triggered[reading.window(i)]) {
        if (hasAll(filters[row], reading)) {
          reading.suspect(row);
        }
      }
    }
  }

  private static boolean hasAll(int[] windows, Reading reading) {
    for (int window : windows) {
      if (!reading.hasSeen(window)) {
        return false;
      }
    }
    return true;
  }
}
