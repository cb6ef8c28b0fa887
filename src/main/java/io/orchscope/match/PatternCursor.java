package io.orchscope.match;

/** A place in the text of a pattern, which moves on as it is read. */
final class PatternCursor {

  private final String pattern;
  private int at;

  PatternCursor(String pattern) {
    this.pattern = pattern;
  }

  int position() {
    return at;
  }

  boolean isAtEnd() {
    return at >= pattern.length();
  }

  /** The next character; NUL at the end. */
  char peek() {
    return isAtEnd() ? 0 : pattern.charAt(at);
  }

  boolean isNext(String words) {
    return pattern.startsWith(words, at);
  }

  /** Moves over these words if they come next. */
  boolean take(String words) {
    if (!isNext(words)) {
      return false;
    }
    at += words.length();
    return true;
  }

  /** Moves over these words. Errors: {@link UnknownConstructException} if others come next. */
  void expect(String words) {
    if (!take(words)) {
      throw new UnknownConstructException();
    }
  }

  /** The next code point, moved over; half a pair by itself is not known. */
  int next() {
    if (isAtEnd()) {
      throw new UnknownConstructException();
    }
    int codePoint = pattern.codePointAt(at);
    at += Character.charCount(codePoint);
    return whole(codePoint);
  }

  /** Everything up to these words, which are moved over too; to the end where they are missing. */
  String upTo(String words) {
    int found = pattern.indexOf(words, at);
    int end = found < 0 ? pattern.length() : found;
    String before = pattern.substring(at, end);
    at = found < 0 ? end : found + words.length();
    before.codePoints().forEach(PatternCursor::whole);
    return before;
  }

  /** A number of so many digits to this base. */
  int digits(int count, int base) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      int digit = Character.digit(next(), base);
      if (digit < 0) {
        throw new UnknownConstructException();
      }
      value = value * base + digit;
    }
    return whole(value);
  }

  /** The decimal number that comes next. */
  int number() {
    int value = 0;
    int begun = at;
    while (peek() >= '0' && peek() <= '9' && at - begun < 9) {
      value = value * 10 + (next() - '0');
    }
    if (at == begun) {
      throw new UnknownConstructException();
    }
    return value;
  }

  private static int whole(int codePoint) {
    if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
      throw new UnknownConstructException();
    }
    return codePoint;
  }
}
