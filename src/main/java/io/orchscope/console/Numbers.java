package io.orchscope.console;

import java.util.regex.Pattern;

/** Numbers that people put into addresses. */
final class Numbers {

  private static final Pattern NATURAL = Pattern.compile("[0-9]{1,9}");

  private Numbers() {}

  /** A number from 0 on; 0 for what is none. */
  static int natural(String word) {
    return NATURAL.matcher(word).matches() ? Integer.parseInt(word) : 0;
  }
}
