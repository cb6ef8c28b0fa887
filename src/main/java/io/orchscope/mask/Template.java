package io.orchscope.mask;

import io.orchscope.mask.Piece.Kind;
import io.orchscope.mask.Piece.Slot;
import io.orchscope.mask.Piece.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An error's text in pieces: words that stay, and slots.
 *
 * @param module the part of MDSO that failed; empty where the text does not end with one
 * @param isCut whether the text was cut off where older readers cut it, at 500 characters
 */
public record Template(List<Piece> pieces, String module, boolean isCut) {

  /** The version of the masks, of which fingerprints tell. */
  public static final int VERSION = 4;

  private static final int CUT_AT = 500;

  /** Nobody tells errors apart by what stands behind so many characters. */
  private static final int LONGEST = 20_000;

  private static final String DASH = " - ";

  private static final Pattern BLANKS = Pattern.compile("\\s++");

  /** Slots with nothing between them but what parts a list. */
  private static final Pattern SEVERAL =
      Pattern.compile("#(?:(?:[ ,;/|&-]|\\band\\b|\\bor\\b)*+#)++");

  private static final Pattern SUFFIX = Pattern.compile(" - [\\w-]++$");

  public Template {
    pieces = List.copyOf(pieces);
  }

  /** Of a text as MDSO wrote it, before anything was cut off. Errors: none. */
  public static Template of(String raw) {
    return of(raw, VERSION);
  }

  /** The same by the masks of an older version, 2 or later. */
  public static Template of(String raw, int version) {
    return new Template(pieces(raw, version), "", raw.codePointCount(0, raw.length()) == CUT_AT);
  }

  /**
   * Of a text in the form that rules are matched against, which ends with the part of MDSO that
   * failed.
   */
  public static Template ofNormalised(String normalised) {
    var suffix = SUFFIX.matcher(normalised);
    int end = suffix.find() ? suffix.start() : normalised.length();
    Template head = of(normalised.substring(0, end));
    String module = end < normalised.length() ? normalised.substring(end + DASH.length()) : "";
    return new Template(head.pieces, module, head.isCut);
  }

  /**
   * What two texts have in common that differ in nothing but names, numbers and times: words in
   * small letters, {@code #} for what was taken out, one blank between them. Without the module.
   */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces) {
      text.append(piece instanceof Slot ? " # " : piece.text());
    }
    String even = BLANKS.matcher(text).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
    String one = SEVERAL.matcher(even).replaceAll("#");
    return isCut ? withoutItsEnd(one) : one;
  }

  /** The last word may be half of one. */
  private static String withoutItsEnd(String text) {
    int blank = text.lastIndexOf(' ');
    return text.endsWith("#") || blank < 0 ? text : text.substring(0, blank);
  }

  private static List<Piece> pieces(String text, int version) {
    List<Piece> pieces = new ArrayList<>();
    StringBuilder words = new StringBuilder();
    String looked = text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    int at = 0;
    while (at < looked.length()) {
      Masks.Found found = isStart(looked, at) ? Masks.at(looked, at, version) : nothing(at);
      if (found.end() == at) {
        words.append(text.charAt(at));
        at++;
      } else if (found.stays()) {
        words.append(text, at, found.end());
        at = found.end();
      } else {
        if (words.length() > 0) {
          pieces.add(new Words(words.toString()));
          words.setLength(0);
        }
        pieces.add(new Slot(found.kind(), text.substring(at, found.end())));
        at = found.end();
      }
    }
    if (words.length() > 0) {
      pieces.add(new Words(words.toString()));
    }
    if (at < text.length()) {
      pieces.add(new Slot(Kind.REST, text.substring(at)));
    }
    return pieces;
  }

  private static Masks.Found nothing(int at) {
    return new Masks.Found(at, Kind.REST, true);
  }

  /** Whether something may begin here: a word, or what brackets a dump. */
  private static boolean isStart(String text, int at) {
    char character = text.charAt(at);
    if (character == '{' || character == '[' || character == '<') {
      return true;
    }
    boolean isSign =
        (character == '-' || character == '+')
            && at + 1 < text.length()
            && Character.isDigit(text.charAt(at + 1))
            && (at == 0 || Character.isWhitespace(text.charAt(at - 1)));
    boolean isWord = isOfWord(character) || character == '/' || character == ':';
    return isSign || (isWord && (at == 0 || !isOfWord(text.charAt(at - 1))));
  }

  private static boolean isOfWord(char character) {
    return Character.isLetterOrDigit(character) || character == '_';
  }
}
