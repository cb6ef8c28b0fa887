package io.orchscope.mdso;

/** A token was taken out of use between two steps; another log-in brings a new one. */
public final class TokenEndedException extends RuntimeException {

  public TokenEndedException(String message) {
    super(message);
  }
}
