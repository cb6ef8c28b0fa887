package io.orchscope.match;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The groups of a pattern, under names that Java takes. */
final class PythonGroups {

  private static final Pattern NAME = Pattern.compile("\\(\\?P?<(\\w+)>");
  private static final Pattern JAVA_NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9]*");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]?");

  private final Set<String> taken = new HashSet<>();
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Set<Integer> open = new HashSet<>();
  private int count;

  PythonGroups(String pattern) {
    Matcher matcher = NAME.matcher(pattern);
    while (matcher.find()) {
      taken.add(matcher.group(1));
    }
  }

  /** A group begins that is counted; answers with its number. */
  int begin() {
    count++;
    open.add(count);
    return count;
  }

  /** The number of the group that began last. */
  int last() {
    return count;
  }

  /** The group with this number has ended. */
  void end(int number) {
    open.remove(number);
  }

  /** A group begins with a name, which comes next; answers with Java's name for it. */
  String named(PythonText text, int column) throws RefusedPatternException {
    begin();
    String name = name(text, ">");
    if (name.isEmpty() || names.containsKey(name)) {
      throw text.refused(
          column,
          name.isEmpty() ? "a group has no name" : "two groups are called '" + name + "'",
          "Give it a name of its own, or none: (?:..).");
    }
    String other = name;
    if (!JAVA_NAME.matcher(name).matches()) {
      other = "g" + count;
      while (!taken.add(other)) {
        other += "x";
      }
    }
    names.put(name, other);
    numbers.put(name, count);
    return other;
  }

  /** The same words as a group with a name, which comes next. */
  String namedReference(PythonText text, int column) throws RefusedPatternException {
    String name = name(text, ")");
    Integer number = numbers.get(name);
    if (number == null) {
      throw text.refused(
          column, "no group before it is called '" + name + "'", "Name one: (?P<" + name + ">..).");
    }
    proveClosed(text, column, number);
    return "\\k<" + names.get(name) + ">";
  }

  private void proveClosed(PythonText text, int column, int number) throws RefusedPatternException {
    if (open.contains(number)) {
      throw text.refused(
          column,
          "group " + number + " speaks of itself before it ends",
          "Put what repeats it behind its ')'.");
    }
  }

  private static String name(PythonText text, String end) {
    String all = text.upTo(end);
    return all.endsWith(end) ? all.substring(0, all.length() - end.length()) : "";
  }

  /** The same words as a group with a number, which comes next, or a character in octal. */
  String reference(PythonText text) throws RefusedPatternException {
    int column = text.column() - 1;
    String rest = text.rest();
    if (rest.matches("(?s)[1-3][0-7]{2}.*")) {
      text.skip(3);
      return String.format("\\x{%X}", Integer.parseInt(rest.substring(0, 3), 8));
    }
    Matcher number = NUMBER.matcher(rest);
    number.lookingAt();
    text.skip(number.end());
    if (Integer.parseInt(number.group()) > count) {
      throw text.refused(
          column,
          "there is no group " + number.group() + " before it",
          "Count the groups in ( ), from 1.");
    }
    proveClosed(text, column, Integer.parseInt(number.group()));
    // In a group of its own, as Java would read a digit that follows as part of the number.
    return "(?:\\" + number.group() + ")";
  }
}
