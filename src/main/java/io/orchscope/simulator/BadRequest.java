package io.orchscope.simulator;

/** A call that MDSO would answer with 400. */
final class BadRequest extends RuntimeException {

  BadRequest(String detail) {
    super(detail);
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
