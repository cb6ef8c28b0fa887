package io.orchscope.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The word that an operator probably meant. */
public final class Nearest {

  /** The known word with the fewest edits; none when more than a third of the word would change. */
  public static Optional<String> to(String word, Collection<String> known) {
    return known.stream()
        // People drop a letter more often than they add one: of two as near, the longer.
        .min(
            Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                .thenComparing(Comparator.comparingInt(String::length).reversed()))
        .filter(candidate -> distance(word, candidate) <= Math.max(2, word.length() / 3));
  }

  /** Levenshtein's distance: insertions, deletions and replacements. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int changed = a.charAt(i - 1) == b.charAt(j - 1) ? diagonal : diagonal + 1;
        row[j] = Math.min(changed, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[b.length()];
  }

  private Nearest() {}
}
