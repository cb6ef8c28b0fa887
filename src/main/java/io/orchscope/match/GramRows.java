package io.orchscope.match;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which rows a text may hold, by the grams that stand in it. Shape: never changes. */
final class GramRows {

  private final GramIndex longs;
  private final GramIndex shorts;
  private final boolean hasShorts;
  private final int gramTotal;

  /** By the number of a gram, the rows that it triggers. */
  private final int[][] triggered;

  /** By row, the other grams that must be there. */
  private final int[][] filters;

  /** Rows that may always be held, in their order. */
  private final int[] always;

  private GramRows(Numbers numbers, int[][] triggered, int[][] filters, int[] always) {
    this.longs = new GramIndex(numbers.longs, 0);
    this.shorts = new GramIndex(numbers.shorts, numbers.longs.size());
    this.hasShorts = !numbers.shorts.isEmpty();
    this.gramTotal = numbers.longs.size() + numbers.shorts.size();
    this.triggered = triggered;
    this.filters = filters;
    this.always = always;
  }

  /** Numbers for grams, those of the long ones first. */
  private static final class Numbers {

    private final List<Long> longs = new ArrayList<>();
    private final List<Long> shorts = new ArrayList<>();
    private final Map<Gram, Integer> byGram = new LinkedHashMap<>();

    private void add(Gram gram) {
      List<Long> values = gram.width() == GramChoice.LONG ? longs : shorts;
      if (byGram.putIfAbsent(gram, values.size()) == null) {
        values.add(gram.value());
      }
    }

    private int of(Gram gram) {
      return byGram.getOrDefault(gram, 0) + (gram.width() == GramChoice.LONG ? 0 : longs.size());
    }
  }

  /** Rows by what a text must hold for them. */
  static GramRows of(List<List<Need>> needs) {
    GramChoice choice = new GramChoice(needs);
    List<Optional<GramChoice.Chosen>> chosen = needs.stream().map(choice::choose).toList();
    Numbers numbers = new Numbers();
    for (Optional<GramChoice.Chosen> row : chosen) {
      row.ifPresent(grams -> grams.triggers().forEach(numbers::add));
      row.ifPresent(grams -> grams.filters().forEach(numbers::add));
    }
    List<List<Integer>> triggered = new ArrayList<>();
    numbers.byGram.keySet().forEach(gram -> triggered.add(new ArrayList<>()));
    int[][] filters = new int[needs.size()][];
    List<Integer> always = new ArrayList<>();
    for (int row = 0; row < filters.length; row++) {
      Optional<GramChoice.Chosen> grams = chosen.get(row);
      filters[row] =
          grams.stream()
              .flatMap(each -> each.filters().stream())
              .mapToInt(numbers::of)
              .toArray();
      if (grams.isEmpty()) {
        always.add(row);
      } else {
        for (Gram gram : grams.get().triggers()) {
          triggered.get(numbers.of(gram)).add(row);
        }
      }
    }
    return new GramRows(
        numbers,
        triggered.stream().map(GramRows::array).toArray(int[][]::new),
        filters,
        array(always));
  }

  private static int[] array(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  Reading newReading() {
    return new Reading(gramTotal, filters.length);
  }

  int[] always() {
    return always;
  }

  /** Notes every row that a text may hold, but for those that it always may. */
  void suspect(String text, Reading reading) {
    char[] characters = reading.begin(text);
    see(characters, text.length(), reading);
    for (int i = 0; i < reading.gramCount(); i++) {
      for (int row : triggered[reading.gram(i)]) {
        if (hasAll(filters[row], reading)) {
          reading.suspect(row);
        }
      }
    }
  }

  private static boolean hasAll(int[] grams, Reading reading) {
    for (int gram : grams) {
      if (!reading.hasSeen(gram)) {
        return false;
      }
    }
    return true;
  }

  private void see(char[] characters, int length, Reading reading) {
    long register = 0;
    for (int i = 0; i < length; i++) {
      register = register << Byte.SIZE | (Fold.of(characters[i]) & 0xffL);
      if (i >= GramChoice.LONG - 1) {
        int gram = longs.number(register);
        if (gram != GramIndex.NONE) {
          reading.see(gram);
        }
      }
      if (hasShorts && i >= GramChoice.SHORT - 1) {
        int gram = shorts.number(register & 0xffff_ffffL);
        if (gram != GramIndex.NONE) {
          reading.see(gram);
        }
      }
    }
  }
}
