package io.orchscope.trace;

/**
 * An error in the one form that defect rules are matched against, equal to what the rules' older
 * readers saw.
 *
 * <p>Shape: the first 500 characters without line feeds, {@code "} as {@code '}, {@code ^} as a
 * blank, then {@code " - "} and the module that failed. Nothing else changes: blanks at the end or
 * in a row, tabs and carriage returns stay. Source: domain.md §3.3.
 */
public record NormalisedError(String text) {

  private static final int LONGEST = 500;

  public static NormalisedError of(FoundError error) {
    String changed = cut(error.text()).replace("\n", "").replace('"', '\'').replace('^', ' ');
    String process = error.process();
    return new NormalisedError(process.isBlank() ? changed : changed + " - " + module(process));
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

  /** Counts code points, as the older readers did, so that no character is cut in half. */
  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST));
  }

  @Override
  public String toString() {
    return text;
  }
}
