package io.orchscope.console;

import java.util.List;

/**
 * What came of a change.
 *
 * @param status of HTTP, 200 or 202 when it was done
 * @param title what is wrong, in a few words; empty when it was done
 * @param sentence what was done, or what to do
 * @param back the page that shows it
 * @param polls ids of the polls that were started
 */
public record Changed(int status, String title, String sentence, String back, List<String> polls) {

  static Changed done(String sentence, String back) {
    return new Changed(200, "", sentence, back, List.of());
  }

  static Changed refused(int status, String title, String remedy) {
    return new Changed(status, title, remedy, "", List.of());
  }

  /** Whether it was done. */
  public boolean isDone() {
    return status < 300;
  }
}
