package io.orchscope.ledger;

import java.util.Locale;

/** Words of people in a {@code like} of SQL. */
final class Like {

  private Like() {}

  /** In small letters, with {@code !} before what would stand for something else. */
  static String quoted(String words) {
    return words.toLowerCase(Locale.ROOT).replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }
}
