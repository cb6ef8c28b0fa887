package io.orchscope.match;

import io.orchscope.match.PythonPattern.Dialect;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Flags in a pattern, in Java's words.
 *
 * @param written what stands in their place
 * @param opensGroup whether they hold for a group that begins with them
 * @param isVerbose whether blanks and comments are to be left out from here
 */
record PythonFlags(String written, boolean opensGroup, boolean isVerbose) {

  private static final Pattern FLAGS = Pattern.compile("([aiLmsuxUd]*)(?:-([aimsxUud]+))?([:)])");

  /** What comes after {@code (?}. */
  static PythonFlags read(PythonText text, int column, boolean isStart, Dialect dialect)
      throws RefusedPatternException {
    if (text.isNext("(")) {
      throw text.refused(
          column,
          "Java knows no condition on a group, (?(1)a|b)",
          "Make two rules of it, one for each case.");
    }
    Matcher flags = FLAGS.matcher(text.rest());
    if (!flags.lookingAt()) {
      throw text.refused(column, "unknown group '(?" + text.peek() + "'", PythonPattern.QUOTE_IT);
    }
    text.skip(flags.end());
    boolean opensGroup = flags.group(3).equals(":");
    if (!opensGroup && !isStart && dialect == Dialect.PYTHON) {
      throw text.refused(
          column, "flags for all of it do not stand at its start", "Put them first: (?i)..");
    }
    String on = flags.group(1);
    String off = flags.group(2) == null ? "" : flags.group(2);
    boolean isVerbose = on.contains("x");
    if (on.contains("L") || (isVerbose && opensGroup) || off.contains("x")) {
      throw text.refused(
          column,
          on.contains("L") ? "flag L is for bytes" : "flag x holds for a part only",
          "Do without it.");
    }
    // ASCII only: neither classes nor letters of other scripts.
    String less = off + (on.contains("a") ? "uU" : "");
    String more = on.replaceAll("[aux]", "");
    String words = more + (less.isEmpty() ? "" : "-" + less);
    if (opensGroup) {
      return new PythonFlags("(?" + words + ":", true, false);
    }
    return new PythonFlags(words.isEmpty() ? "" : "(?" + words + ")", false, isVerbose);
  }
}
