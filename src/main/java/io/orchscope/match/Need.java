package io.orchscope.match;

import java.util.List;

/**
 * What a text must hold for a pattern to be found in it: all literals of one of these ways.
 *
 * @param ordered whether they stand after those of the need before; not so for what a look-around
 *     asks for
 */
record Need(List<List<Literal>> ways, boolean ordered) {

  static Need of(Literal literal) {
    return new Need(List.of(List.of(literal)), true);
  }

  boolean hasOneWay() {
    return ways.size() == 1;
  }

  /** Whether it can be looked for by nothing but words as they are written. */
  boolean isWords() {
    return ordered && ways.stream().allMatch(way -> way.size() == 1 && !way.get(0).folded());
  }

  /** The length of the shortest literal by which any of the ways can be told. */
  int sharpness() {
    return ways.stream()
        .mapToInt(way -> way.stream().mapToInt(Literal::length).max().orElse(0))
        .min()
        .orElse(0);
  }

  Need unordered() {
    return new Need(ways, false);
  }
}
