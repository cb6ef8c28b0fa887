package io.orchscope.api;

import java.util.Map;

/** Why there is no answer, as RFC 9457 has it. */
final class Problem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String title;
  private final transient Map<String, String> errors;

  /**
   * A problem.
   *
   * @param status of HTTP
   * @param title what is wrong, in a few words
   * @param detail what to do
   * @param errors what is wrong with each word, by its name
   */
  Problem(int status, String title, String detail, Map<String, String> errors) {
    super(detail);
    this.status = status;
    this.title = title;
    this.errors = Map.copyOf(errors);
  }

  /** Nothing there. */
  static Problem missing(String what, String remedy) {
    return new Problem(404, "There is no such " + what, remedy, Map.of());
  }

  int status() {
    return status;
  }

  String title() {
    return title;
  }

  Map<String, String> errors() {
    return errors;
  }
}
