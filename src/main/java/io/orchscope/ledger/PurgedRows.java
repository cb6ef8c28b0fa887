package io.orchscope.ledger;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was removed from the ledger, or would be.
 *
 * @param rows how many of each kind, by its word: {@code occurrences}, {@code resources}, {@code
 *     groups}, {@code messages}, {@code dead_letters}, {@code orchestrations}
 * @param bytes by which the file has become shorter; always 0 on a server, which keeps the room for
 *     what comes next
 * @param longestHeld the longest time for which others could not write
 */
public record PurgedRows(Map<String, Long> rows, long bytes, Duration longestHeld) {

  /** Nothing at all. */
  public static final PurgedRows NOTHING = new PurgedRows(Map.of(), 0, Duration.ZERO);

  /** Keeps the order of the words. */
  public PurgedRows {
    rows = new LinkedHashMap<>(rows);
  }

  /** How many of one kind. */
  public long of(String word) {
    return rows.getOrDefault(word, 0L);
  }

  /** How many of all kinds. */
  public long sum() {
    return rows.values().stream().mapToLong(Long::longValue).sum();
  }
}
