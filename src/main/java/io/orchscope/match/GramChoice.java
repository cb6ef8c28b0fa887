package io.orchscope.match;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * By which grams each row of a table is told: the rarest of the whole table.
 *
 * <p>Tables share phrases, so the longest literal of a row may stand in half of the others.
 */
final class GramChoice {

  /** Of a literal that is long enough. */
  static final int LONG = 8;

  /** Of one that is not. */
  static final int SHORT = 4;

  private static final int MOST_FILTERS = 3;

  private final LongCounts longs = new LongCounts();
  private final LongCounts shorts = new LongCounts();

  /**
   * The grams of a row.
   *
   * @param triggers one of them stands in every text that the row is found in
   * @param filters all of them stand there too
   */
  record Chosen(Set<Gram> triggers, List<Gram> filters) {}

  /** A gram, how many rows have it, and where it stands. */
  private record Rated(Gram gram, int rows, Literal literal, int end) {

    boolean isClearOf(Rated other) {
      return literal != other.literal || Math.abs(end - other.end) >= gram.width();
    }
  }

  /** Counts the grams of all rows. */
  GramChoice(List<List<Need>> rows) {
    for (int row = 0; row < rows.size(); row++) {
      for (Need need : rows.get(row)) {
        for (List<Literal> way : need.ways()) {
          for (Literal literal : way) {
            count(literal, row);
          }
        }
      }
    }
  }

  private void count(Literal literal, int row) {
    byte[] folded = Fold.of(literal.text());
    int width = width(folded.length);
    long value = 0;
    for (int i = 0; i < folded.length && width > 0; i++) {
      value = value << Byte.SIZE | (folded[i] & 0xffL);
      if (i + 1 >= width) {
        counts(width).add(width == SHORT ? value & 0xffff_ffffL : value, row);
      }
    }
  }

  /** The grams by which a row is told; none when it has no literal that is long enough. */
  Optional<Chosen> choose(List<Need> needs) {
    List<List<Rated>> triggers =
        needs.stream().map(this::triggers).flatMap(Optional::stream).toList();
    Optional<List<Rated>> best =
        triggers.stream()
            .min(
                Comparator.<List<Rated>>comparingInt(
                        ways -> ways.stream().mapToInt(Rated::rows).sum())
                    .thenComparing(ways -> -ways.get(0).gram().width()));
    return best.map(ways -> new Chosen(grams(ways), filters(needs, ways)));
  }

  private static Set<Gram> grams(List<Rated> rated) {
    Set<Gram> grams = new LinkedHashSet<>();
    rated.forEach(each -> grams.add(each.gram()));
    return grams;
  }

  /** The rarest gram of each way; none when there is a way without one. */
  private Optional<List<Rated>> triggers(Need need) {
    List<Rated> chosen = new ArrayList<>();
    for (List<Literal> way : need.ways()) {
      Optional<Rated> rarest =
          way.stream().flatMap(literal -> rated(literal).stream()).min(GramChoice::compare);
      if (rarest.isEmpty()) {
        return Optional.empty();
      }
      chosen.add(rarest.get());
    }
    return Optional.of(chosen);
  }

  private List<Gram> filters(List<Need> needs, List<Rated> triggers) {
    List<Rated> chosen = new ArrayList<>(triggers);
    needs.stream()
        .filter(Need::hasOneWay)
        .flatMap(need -> need.ways().get(0).stream())
        .flatMap(literal -> rated(literal).stream())
        .sorted(GramChoice::compare)
        .forEach(
            rated -> {
              boolean isClear = chosen.stream().allMatch(rated::isClearOf);
              if (isClear && chosen.size() < triggers.size() + MOST_FILTERS) {
                chosen.add(rated);
              }
            });
    return List.copyOf(grams(chosen.subList(triggers.size(), chosen.size())));
  }

  private static int compare(Rated one, Rated other) {
    int byRows = Integer.compare(one.rows, other.rows);
    return byRows != 0 ? byRows : Integer.compare(other.gram.width(), one.gram.width());
  }

  private List<Rated> rated(Literal literal) {
    byte[] folded = Fold.of(literal.text());
    int width = width(folded.length);
    List<Rated> rated = new ArrayList<>();
    for (int end = width; end <= folded.length && width > 0; end++) {
      Gram gram = Gram.before(folded, end, width);
      rated.add(new Rated(gram, counts(width).count(gram.value()), literal, end));
    }
    return rated;
  }

  private LongCounts counts(int width) {
    return width == LONG ? longs : shorts;
  }

  private static int width(int length) {
    return length >= LONG ? LONG : length >= SHORT ? SHORT : 0;
  }
}
