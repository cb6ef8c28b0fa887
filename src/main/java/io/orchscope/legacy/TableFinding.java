package io.orchscope.legacy;

import java.util.Locale;

/**
 * Something about a row that somebody should know.
 *
 * @param code as it stands in the row
 * @param reason without a full stop
 * @param remedy a full sentence
 */
public record TableFinding(Kind kind, String place, String code, String reason, String remedy) {

  /** What there is to find. */
  public enum Kind {
    FORMULA("cells that hold a formula, whose last value was taken"),
    BAD_CODE("rows whose code is none"),
    EMPTY_PATTERN("rows without a pattern, which the old monitor found in every error"),
    EMPTY_ERROR("rows without the error that their pattern was made from"),
    REFUSED("patterns that Python or Java refuses"),
    BOUNDLESS("patterns that match the empty text, and so win every error"),
    SAME_CODE("codes that stand twice"),
    SAME_PATTERN("patterns that stand twice, of which the second never wins"),
    MISSES("patterns that do not match their own error"),
    SHADOWED("rows whose own error an earlier row wins"),
    COSTLY("patterns that can take very long"),
    UNUSED("rules that have won no error of history");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    /** What it is, for the heading of a list. */
    public String title() {
      return title;
    }

    /** The word in JSON, {@code same_code}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
