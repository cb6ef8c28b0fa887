package io.orchscope.match;

/** The text of a pattern, and how far it was read. */
final class PythonText {

  private final String pattern;
  private int at;

  PythonText(String pattern) {
    this.pattern = pattern;
  }

  boolean isAtEnd() {
    return at >= pattern.length();
  }

  /** The next character; NUL at the end. */
  char peek() {
    return isAtEnd() ? 0 : pattern.charAt(at);
  }

  char next() {
    return pattern.charAt(at++);
  }

  boolean isNext(String words) {
    return pattern.startsWith(words, at);
  }

  boolean take(String words) {
    boolean isNext = isNext(words);
    at += isNext ? words.length() : 0;
    return isNext;
  }

  String rest() {
    return pattern.substring(at);
  }

  void skip(int characters) {
    at += characters;
  }

  /** All up to these words and with them; to the end where they are missing. */
  String upTo(String words) {
    int found = pattern.indexOf(words, at);
    int end = found < 0 ? pattern.length() : found + words.length();
    String all = pattern.substring(at, end);
    at = end;
    return all;
  }

  /** The place of the next character, from 1. */
  int column() {
    return at + 1;
  }

  RefusedPatternException refused(int column, String reason, String remedy) {
    return new RefusedPatternException(column, reason, remedy);
  }
}
