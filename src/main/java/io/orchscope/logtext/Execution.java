package io.orchscope.logtext;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The lines in which a script says that a process begins and ends: {@code Starting execution for
 * <process>}, {@code Completing execution for <process>, elapsed time: N secs}. Source: domain.md
 * §5.2.
 */
final class Execution {

  private static final String BEGUN = "Starting execution for ";
  private static final String COMPLETED = "Completing execution for ";
  private static final String ELAPSED = "elapsed time: ";
  private static final int LONGEST_NUMBER = 20;

  private Execution() {}

  static Optional<String> begun(String message) {
    return process(message, BEGUN);
  }

  static Optional<String> completed(String message) {
    return process(message, COMPLETED);
  }

  /** How long the process took. Units: seconds. */
  static OptionalDouble elapsed(String message) {
    int completed = message.indexOf(COMPLETED);
    int from = completed < 0 ? -1 : message.indexOf(ELAPSED, completed);
    if (from < 0) {
      return OptionalDouble.empty();
    }
    int begin = from + ELAPSED.length();
    int end = begin;
    while (end < message.length()
        && end - begin < LONGEST_NUMBER
        && "0123456789.".indexOf(message.charAt(end)) >= 0) {
      end++;
    }
    try {
      return OptionalDouble.of(Double.parseDouble(message.substring(begin, end)));
    } catch (NumberFormatException noNumber) {
      return OptionalDouble.empty();
    }
  }

  private static Optional<String> process(String message, String words) {
    int found = message.indexOf(words);
    if (found < 0) {
      return Optional.empty();
    }
    String process = processAt(message, found + words.length());
    return process.isEmpty() ? Optional.empty() : Optional.of(process);
  }

  /** The name of a process that begins at a place: a module of Python and a class. */
  static String processAt(String message, int from) {
    int end = from;
    while (end < message.length() && isOfName(message.charAt(end))) {
      end++;
    }
    String name = message.substring(from, end);
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  private static boolean isOfName(char character) {
    return Character.isLetterOrDigit(character) || character == '_' || character == '.';
  }
}
