package io.orchscope.match;

import java.util.List;
import java.util.Optional;

/**
 * The first pattern that a text holds.
 *
 * @param found none when no pattern was found
 * @param undecided patterns before it of which nobody could say within what they may cost
 */
public record FirstMatch(Optional<Found> found, List<Integer> undecided) {

  /** For most texts: nothing was found and everything was decided. */
  static final FirstMatch NOTHING = new FirstMatch(Optional.empty(), List.of());

  /**
   * A pattern and the part of the text that it covers.
   *
   * @param row the number of the pattern, from 0
   */
  public record Found(int row, int start, int end) {}
}
