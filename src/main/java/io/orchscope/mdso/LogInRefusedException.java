package io.orchscope.mdso;

/** MDSO does not give us a token; trying again with the same words is pointless. */
public final class LogInRefusedException extends RuntimeException {

  public LogInRefusedException(String message) {
    super(message);
  }
}
