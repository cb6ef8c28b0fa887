package io.orchscope.mdso;

/** What MDSO's answers have in common: each is one JSON object. */
public final class Answers {

  /**
   * Nothing, for an answer that may be one.
   *
   * <p>Errors: {@link GarbledReplyException} for a proxy's page or half an answer, both of which
   * come with status 200 and are gone the next time one asks.
   */
  public void mustBeWhole(byte[] answer) {
    int from = 0;
    int to = answer.length - 1;
    while (from <= to && answer[from] <= ' ') {
      from++;
    }
    while (to > from && answer[to] <= ' ') {
      to--;
    }
    if (from >= to || answer[from] != '{' || answer[to] != '}') {
      throw new GarbledReplyException(
          "MDSO's answer is not a whole JSON object: bytes=" + answer.length + ".");
    }
  }
}
