package io.orchscope.api;

import java.util.List;

/**
 * A word that a caller gives, in path, query or body.
 *
 * @param in {@code path}, {@code query} or {@code body}
 * @param most the largest number, or the most characters of a text
 * @param usual what stands in for it when it is missing; empty for nothing
 * @param allowed the only words; empty for any
 */
record Parameter(
    String name,
    String in,
    Kind kind,
    boolean isRequired,
    long most,
    String usual,
    List<String> allowed,
    String description) {

  /** What is written. */
  enum Kind {
    TEXT,
    WHOLE,
    FLAG
  }

  private static final int LONGEST = 2_000;

  /** Further than anybody turns pages. */
  private static final long LAST_PLACE = 1_000_000;

  private static final long LONGEST_PAGE = 500;

  static Parameter path(String name, String description) {
    return new Parameter(name, "path", Kind.TEXT, true, LONGEST, "", List.of(), description);
  }

  static Parameter text(String name, String description) {
    return new Parameter(name, "query", Kind.TEXT, false, LONGEST, "", List.of(), description);
  }

  static Parameter choice(String name, List<String> allowed, String usual, String description) {
    return new Parameter(name, "query", Kind.TEXT, false, LONGEST, usual, allowed, description);
  }

  static Parameter flag(String name, String description) {
    return new Parameter(name, "query", Kind.FLAG, false, 0, "false", List.of(), description);
  }

  static Parameter start() {
    return new Parameter(
        "from", "query", Kind.WHOLE, false, LAST_PLACE, "0", List.of(), "The first place, from 0.");
  }

  static Parameter limit() {
    return new Parameter(
        "limit", "query", Kind.WHOLE, false, LONGEST_PAGE, "50", List.of(), "How many at most.");
  }

  static Parameter field(String name, boolean isRequired, String description) {
    return new Parameter(name, "body", Kind.TEXT, isRequired, LONGEST, "", List.of(), description);
  }

  Parameter required() {
    return new Parameter(name, in, kind, true, most, usual, allowed, description);
  }

  Parameter oneOf(List<String> words) {
    return new Parameter(name, in, kind, isRequired, most, usual, words, description);
  }

  /** What is wrong with a value, as a sentence; empty when nothing is. */
  String complaint(String value) {
    if (kind == Kind.WHOLE && !value.matches("[0-9]{1,9}")) {
      return "is a whole number, 0 or more";
    }
    if (kind == Kind.WHOLE && Long.parseLong(value) > most) {
      return "is " + most + " at most";
    }
    if (kind == Kind.FLAG && !value.matches("true|false")) {
      return "is true or false";
    }
    if (kind == Kind.TEXT && value.length() > most) {
      return "has " + most + " characters at most";
    }
    if (isRequired && value.isBlank()) {
      return "is needed";
    }
    return allowed.isEmpty() || allowed.contains(value)
        ? ""
        : "is one of " + String.join(", ", allowed);
  }
}
