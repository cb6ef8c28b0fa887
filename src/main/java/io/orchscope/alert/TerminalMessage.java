package io.orchscope.alert;

import io.orchscope.alert.HostileText.Place;

/** An alert in two lines for a person who watches a terminal. */
public final class TerminalMessage {

  private static final int ERROR_CHARACTERS = 160;
  private static final int FIELD_CHARACTERS = 80;
  private static final int BYTES_PER_CHARACTER = 4;

  /**
   * What was told, or would have been, and where.
   *
   * <p>Shape: two lines without a line feed at the end; no character in them moves the cursor or
   * changes a colour. The second line is the error, cut to 160 characters and then ending in …
   *
   * @param sent false for a dry run
   */
  public static String plain(Alert alert, Room room, boolean sent) {
    return "ALERT %s %s %s  %s → room \"%s\"%s"
            .formatted(
                line(alert.defectCode(), FIELD_CHARACTERS),
                line(alert.productType(), FIELD_CHARACTERS),
                line(alert.circuit().value(), FIELD_CHARACTERS),
                line(alert.title(), FIELD_CHARACTERS),
                line(room.title(), FIELD_CHARACTERS),
                sent ? "" : " (not sent: dry run)")
        + "\n      "
        + error(alert);
  }

  /** One line about a group, and what is told of it. */
  static String headline(GroupFacts group, String what, boolean sent) {
    return "ALERT %s %s %s  %s → room \"%s\"%s"
        .formatted(
            line(group.defectCode(), FIELD_CHARACTERS),
            line(group.productType(), FIELD_CHARACTERS),
            line(what, FIELD_CHARACTERS),
            line(group.title(), FIELD_CHARACTERS),
            line(group.roomTitle(), FIELD_CHARACTERS),
            sent ? "" : " (not sent: dry run)");
  }

  /** The error in one line. */
  static String error(Alert alert) {
    return line(alert.errorText(), ERROR_CHARACTERS)
        + alert
            .partial()
            .map(codes -> " [partial: " + line(codes, FIELD_CHARACTERS) + " could not decide]")
            .orElse("");
  }

  /** A name of others in a line. */
  static String field(String text) {
    return line(text, FIELD_CHARACTERS);
  }

  private static String line(String text, int characters) {
    HostileText fitted =
        HostileText.fit(text.strip(), Place.TERMINAL, (characters + 1) * BYTES_PER_CHARACTER);
    int length = fitted.text().codePointCount(0, fitted.text().length());
    if (length <= characters && !fitted.isCut()) {
      return fitted.text();
    }
    int kept = Math.min(length, characters - 1);
    return fitted.text().substring(0, fitted.text().offsetByCodePoints(0, kept)) + "…";
  }

  private TerminalMessage() {}
}
