package io.orchscope.match;

/**
 * Words that stand in every text that a pattern is found in.
 *
 * @param folded whether they may stand there in upper or lower case
 */
record Literal(String text, boolean folded) {

  static final Literal EMPTY = new Literal("", false);

  boolean isEmpty() {
    return text.isEmpty();
  }

  int length() {
    return text.length();
  }

  Literal then(Literal next) {
    return isEmpty()
        ? next
        : next.isEmpty() ? this : new Literal(text + next.text, folded || next.folded);
  }
}
