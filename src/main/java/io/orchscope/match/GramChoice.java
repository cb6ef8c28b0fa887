package io.orchscope.match;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * By which windows each row of a table is told: the rarest of the whole table.
 *
 * <p>Tables share phrases, so the longest literal of a row may stand in half of the others.
 */
final class GramChoice {

  private static final int MOST_FILTERS = 3;

  private final LongCounts wide = new LongCounts();
  private final LongCounts narrow = new LongCounts();

  /**
   * The windows of a row.
   *
   * @param triggers one of them stands in every text that the row is found in
   * @param filters all of them stand there too
   */
  record Chosen(List<Window> triggers, List<Window> filters) {

    /** Of the passes over the text that are needed for it, the one that few rows need. */
    Width narrowest() {
      return triggers.stream().map(Window::width).max(Comparator.naturalOrder()).orElseThrow();
    }
  }

  /** Of a table that shares phrases, each literal once. */
  private final Map<Literal, Optional<Folded>> literals = new HashMap<>();

  /** A literal's bytes, and the width at which it is looked for. */
  private static final class Folded {

    private final byte[] bytes;
    private final Width width;

    /** By the start of a window, in how many rows its grams stand; made when first asked for. */
    private double[] rarities = {};

    private Folded(byte[] bytes, Width width) {
      this.bytes = bytes;
      this.width = width;
    }
  }

  /** Counts the grams of all rows. */
  GramChoice(List<List<Need>> rows) {
    for (int row = 0; row < rows.size(); row++) {
      for (Need need : rows.get(row)) {
        for (List<Literal> way : need.ways()) {
          for (Folded literal : folded(way)) {
            count(literal, row);
          }
        }
      }
    }
  }

  private void count(Folded literal, int row) {
    LongCounts counts = counts(literal.width);
    for (int at = 0; at + literal.width.gram <= literal.bytes.length; at++) {
      counts.add(literal.width.gramAt(literal.bytes, at), row);
    }
  }

  /** The windows by which a row is told; none when it has no literal that is long enough. */
  Optional<Chosen> choose(List<Need> needs) {
    List<Window> best = List.of();
    double bestRarity = Double.MAX_VALUE;
    for (Need need : needs) {
      List<Window> triggers = triggers(need);
      double rarity = triggers.stream().mapToDouble(GramChoice::cost).sum();
      if (!triggers.isEmpty() && rarity < bestRarity) {
        best = triggers;
        bestRarity = rarity;
      }
    }
    if (best.isEmpty()) {
      return Optional.empty();
    }
    boolean isUnique = best.size() == 1 && best.get(0).rarity() <= 1;
    return Optional.of(new Chosen(best, isUnique ? List.of() : filters(needs, best)));
  }

  /** Of two that are as rare the wider one, which fewer texts hold by chance. */
  private static double cost(Window window) {
    return window.rarity() + window.width().handicap;
  }

  /** The rarest window of each way; empty when there is a way without one. */
  private List<Window> triggers(Need need) {
    List<Window> chosen = new ArrayList<>();
    for (List<Literal> way : need.ways()) {
      Optional<Window> rarest = rarest(folded(way), List.of());
      if (rarest.isEmpty()) {
        return List.of();
      }
      chosen.add(rarest.get());
    }
    return chosen;
  }

  private List<Window> filters(List<Need> needs, List<Window> triggers) {
    List<Folded> literals = new ArrayList<>();
    for (Need need : needs) {
      if (need.hasOneWay()) {
        literals.addAll(folded(need.ways().get(0)));
      }
    }
    Width width = triggers.get(0).width();
    literals.removeIf(literal -> literal.width != Width.WIDE && literal.width != width);
    List<Window> chosen = new ArrayList<>(triggers);
    Optional<Window> next = rarest(literals, chosen);
    while (next.isPresent() && chosen.size() < triggers.size() + MOST_FILTERS) {
      chosen.add(next.get());
      next = rarest(literals, chosen);
    }
    return List.copyOf(chosen.subList(triggers.size(), chosen.size()));
  }

  private Optional<Window> rarest(List<Folded> literals, List<Window> taken) {
    Optional<Window> rarest = Optional.empty();
    double least = Double.MAX_VALUE;
    for (Folded literal : literals) {
      double[] rarities = rarities(literal);
      for (int start = 0; start < rarities.length; start++) {
        double cost = rarities[start] + literal.width.handicap;
        if (cost < least) {
          Window window = new Window(literal.width, literal.bytes, start, rarities[start]);
          if (taken.stream().allMatch(window::isClearOf)) {
            rarest = Optional.of(window);
            least = cost;
          }
        }
      }
    }
    return rarest;
  }

  private double[] rarities(Folded literal) {
    if (literal.rarities.length == 0) {
      literal.rarities = new double[literal.bytes.length - literal.width.window + 1];
      for (int start = 0; start < literal.rarities.length; start++) {
        literal.rarities[start] = rarity(literal, start);
      }
    }
    return literal.rarities;
  }

  private double rarity(Folded literal, int start) {
    LongCounts counts = counts(literal.width);
    int sum = 0;
    for (int i = 0; i < literal.width.stride; i++) {
      sum += counts.count(literal.width.gramAt(literal.bytes, start + i));
    }
    return (double) sum / literal.width.stride;
  }

  private LongCounts counts(Width width) {
    return width == Width.WIDE ? wide : narrow;
  }

  /** The literals that are long enough to be looked for. */
  private List<Folded> folded(List<Literal> all) {
    List<Folded> folded = new ArrayList<>();
    for (Literal literal : all) {
      literals.computeIfAbsent(literal, GramChoice::folded).ifPresent(folded::add);
    }
    return folded;
  }

  private static Optional<Folded> folded(Literal literal) {
    for (Width width : Width.values()) {
      if (literal.length() >= width.window) {
        return Optional.of(new Folded(Fold.of(literal.text()), width));
      }
    }
    return Optional.empty();
  }
}
