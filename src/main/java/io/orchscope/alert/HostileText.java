package io.orchscope.alert;

import java.util.Locale;

/**
 * Text that others wrote, made harmless for the place where it is shown and cut to fit.
 *
 * <p>Nothing is left out silently: a character that must not act (control characters, ANSI escapes,
 * bidi overrides, zero-width characters, half surrogate pairs) is shown by its number, {@code
 * \u001B}, and a cut text knows how much of it is shown.
 *
 * <p>Mentions are broken everywhere in Markdown, also inside code, since nobody promises that Webex
 * looks for them only outside of it: a zero-width space goes between {@code <} (or the entity for
 * it) and {@code @}. It is the only zero-width character that can remain.
 *
 * @param text ready to be shown, delimiters included
 * @param shownBytes how much of the original is shown, in UTF-8
 * @param wholeBytes how long the original is, in UTF-8
 */
record HostileText(String text, int shownBytes, int wholeBytes) {

  /** Where text is shown, which decides what would act there. */
  enum Place {
    /** A fenced block of Markdown; the only place that keeps its lines. */
    FENCE,
    /** Code within a line of Markdown. */
    CODE,
    /** Words within a line of Markdown. */
    PROSE,
    /** A line on a terminal. */
    TERMINAL
  }

  private static final String BREAKER = "\u200B";
  private static final String WEBEX_MENTION_TAG = "spark-mention";
  private static final String PUNCTUATION_OF_MARKDOWN = "\\`*_[]~|#";

  /**
   * As much of a text as fits, from its start and ending at a code-point boundary.
   *
   * <p>Units: {@code limit} counts bytes of UTF-8, delimiters and escapes included.
   */
  static HostileText fit(String original, Place place, int limit) {
    StringBuilder shown = new StringBuilder();
    int bytes = 0;
    int run = 0;
    int longestRun = 0;
    int at = 0;
    while (at < original.length()) {
      int character = original.codePointAt(at);
      String piece = piece(original, at, place);
      run = character == '`' ? run + 1 : 0;
      int longest = Math.max(longestRun, run);
      bytes += utf8Length(piece);
      if (bytes + delimiterBytes(place, longest) > limit) {
        break;
      }
      longestRun = longest;
      shown.append(piece);
      at += Character.charCount(character);
    }
    return new HostileText(
        delimited(shown.toString(), place, longestRun),
        utf8Length(original.substring(0, at)),
        utf8Length(original));
  }

  /** The text as it fits, with a note where it was cut; "none" for a blank in code. */
  static String shown(String text, Place place, int limit) {
    if (place == Place.CODE && text.isBlank()) {
      return "none";
    }
    HostileText fitted = fit(text, place, limit);
    return fitted.isCut() ? fitted.text() + " (" + fitted.cutNote() + ")" : fitted.text();
  }

  boolean isCut() {
    return shownBytes < wholeBytes;
  }

  /** The numbers that a reader needs when text is cut. */
  String cutNote() {
    return String.format(Locale.ROOT, "… cut: showing %,d of %,d bytes", shownBytes, wholeBytes);
  }

  /** The same text with U+FFFD for each half of a surrogate pair that has lost its other half. */
  static String wellFormed(String text) {
    StringBuilder whole = new StringBuilder(text.length());
    text.codePoints()
        .forEach(character -> whole.appendCodePoint(isHalfAPair(character) ? 0xFFFD : character));
    return whole.toString();
  }

  /** Length in UTF-8, where half a surrogate pair counts as the U+FFFD that will stand for it. */
  static int utf8Length(String text) {
    int bytes = 0;
    int at = 0;
    while (at < text.length()) {
      int character = text.codePointAt(at);
      bytes += utf8Length(character);
      at += Character.charCount(character);
    }
    return bytes;
  }

  private static int utf8Length(int character) {
    if (character < 0x80) {
      return 1;
    }
    if (character < 0x800) {
      return 2;
    }
    return character < 0x10000 ? 3 : 4;
  }

  private static boolean isHalfAPair(int character) {
    return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
  }

  /** What is shown for the character at a place of the original. */
  private static String piece(String original, int at, Place place) {
    int character = original.codePointAt(at);
    String shown = visible(original, at, place);
    if (place == Place.PROSE) {
      shown = escaped(character, shown);
    }
    return place != Place.TERMINAL && opensMention(original, at) ? BREAKER + shown : shown;
  }

  private static String visible(String original, int at, Place place) {
    int character = original.codePointAt(at);
    if (character == '\r' && original.startsWith("\n", at + 1)) {
      return "";
    }
    if (character == '\n' || character == '\r') {
      return place == Place.FENCE ? "\n" : " ";
    }
    if (character == '\t') {
      return place == Place.FENCE ? "    " : " ";
    }
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          String.format(Locale.ROOT, "\\u%04X", character);
      case Character.SURROGATE -> "\uFFFD";
      default -> Character.toString(character);
    };
  }

  /** Entities rather than backslashes for what HTML would read: they work in both worlds. */
  private static String escaped(int character, String shown) {
    if (character == '<') {
      return "&lt;";
    }
    if (character == '>') {
      return "&gt;";
    }
    if (character == '&') {
      return "&amp;";
    }
    boolean acts = PUNCTUATION_OF_MARKDOWN.indexOf(character) >= 0 || shown.startsWith("\\u");
    return acts ? "\\" + shown : shown;
  }

  private static boolean opensMention(String original, int at) {
    boolean mentions =
        original.charAt(at) == '@'
            || original.regionMatches(true, at, WEBEX_MENTION_TAG, 0, WEBEX_MENTION_TAG.length());
    return mentions && at > 0 && "<;/".indexOf(original.charAt(at - 1)) >= 0;
  }

  /** Longer than the longest run of backticks within, so that the text cannot close it. */
  private static int delimiterLength(Place place, int longestRun) {
    return place == Place.FENCE ? Math.max(3, longestRun + 1) : longestRun + 1;
  }

  /** Two delimiters, each with a line feed or at most a blank beside it. */
  private static int delimiterBytes(Place place, int longestRun) {
    return switch (place) {
      case FENCE, CODE -> 2 * delimiterLength(place, longestRun) + 2;
      case PROSE, TERMINAL -> 0;
    };
  }

  private static String delimited(String text, Place place, int longestRun) {
    String delimiter = "`".repeat(delimiterLength(place, longestRun));
    return switch (place) {
      case FENCE -> delimiter + "\n" + text + "\n" + delimiter;
      case CODE -> {
        boolean touches = text.startsWith("`") || text.endsWith("`");
        String gap = touches ? " " : "";
        yield delimiter + gap + text + gap + delimiter;
      }
      case PROSE, TERMINAL -> text;
    };
  }
}
