package io.orchscope.trace;

import io.orchscope.secret.OutsideText;

/**
 * An error in the one form that defect rules are matched against, equal to what the rules' older
 * readers saw.
 *
 * <p>Shape: the first 500 characters without line feeds, {@code "} as {@code '}, {@code ^} as a
 * blank, then {@code " - "} and the module that failed. Nothing else changes: blanks at the end or
 * in a row, tabs and carriage returns stay. Source: domain.md §3.3.
 */
public record NormalisedError(OutsideText text) {

  /** In code points, as the older readers counted, so that no character is cut in half. */
  private static final int LONGEST = 500;

  public static NormalisedError of(FoundError error) {
    OutsideText changed =
        error.text().first(LONGEST).without('\n').replace('"', '\'').replace('^', ' ');
    String process = error.process();
    return new NormalisedError(process.isBlank() ? changed : changed.plus(" - " + module(process)));
  }

  /**
   * The words of a process that name what failed: {@code circuitdetailscollector}.
   *
   * <p>Shape: the third word, where there are exactly three the second. Errors: the older readers
   * broke on fewer than three; of two words the first is the module, and a single one names itself.
   */
  private static String module(String process) {
    String[] words = process.split("\\.", -1);
    return switch (words.length) {
      case 1, 2 -> words[0];
      case 3 -> words[1];
      default -> words[2];
    };
  }

  @Override
  public String toString() {
    return text.masked();
  }
}
