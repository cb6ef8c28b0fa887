package io.orchscope.match;

/** A pattern holds something that is not taken apart; nothing is said of it then. */
final class UnknownConstructException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnknownConstructException() {
    super("not taken apart", null, false, false);
  }
}
