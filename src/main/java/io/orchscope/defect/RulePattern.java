package io.orchscope.defect;

import io.orchscope.mask.Piece;
import io.orchscope.mask.Template;
import io.orchscope.match.PythonPattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A pattern for some errors of one kind: their common words literally, bounded wildcards for the
 * rest, from the beginning to the end.
 *
 * <p>Shape: it matches all of the texts that it was made from, whatever they are. It is read by
 * Python and Java alike.
 */
public final class RulePattern {

  private static final String SPECIAL = "\\.[]{}()*+?^$|#";
  private static final int LONGEST = 600;

  /** What wildcards are bounded by: room for what is longer than what was seen. */
  private static final int[] BOUNDS = {20, 60, 120, 300, LONGEST};

  private RulePattern() {}

  /**
   * The pattern of some normalised texts.
   *
   * <p>Errors: {@link IllegalArgumentException} when there is no text.
   */
  public static String of(List<String> texts) {
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("A pattern is made from one text at least.");
    }
    List<String> distinct = texts.stream().distinct().toList();
    return distinct.stream()
        .map(text -> masked(text))
        .distinct()
        .limit(5)
        .filter(pattern -> matchesAll(pattern, distinct))
        .findFirst()
        .or(() -> Optional.of(common(distinct)).filter(pattern -> matchesAll(pattern, distinct)))
        .orElseGet(() -> either(distinct));
  }

  /** The words of a text literally, apart from its names and numbers. */
  private static String masked(String text) {
    Template template = Template.ofNormalised(text);
    StringBuilder pattern = new StringBuilder("^");
    for (Piece piece : template.pieces()) {
      pattern.append(piece instanceof Piece.Slot slot ? wildcard(slot) : quoted(piece.text()));
    }
    if (template.isCut()) {
      pattern.append(".{0,").append(LONGEST).append('}');
    }
    // Whichever part of MDSO has failed, and has put its name behind.
    return pattern.append("(?: - [\\w-]{1,80})?$").toString();
  }

  private static String wildcard(Piece.Slot slot) {
    return switch (slot.kind()) {
      case DUMP, REST -> ".{0," + LONGEST + "}";
      default ->
          slot.text().indexOf(' ') >= 0
              ? ".{1," + bound(slot.text().length()) + "}"
              : "[^ ]{1," + bound(slot.text().length()) + "}";
    };
  }

  private static int bound(int length) {
    return Arrays.stream(BOUNDS).filter(bound -> bound >= 2 * length).findFirst().orElse(LONGEST);
  }

  /** The words that all texts have in one order, with anything between them. */
  private static String common(List<String> texts) {
    List<String> words = List.of(texts.get(0).split(" ", -1));
    for (String text : texts) {
      words = common(words, List.of(text.split(" ", -1)));
    }
    String gap = ".{0," + LONGEST + "}";
    StringBuilder pattern = new StringBuilder("^").append(gap);
    words.forEach(word -> pattern.append(quoted(word)).append(gap));
    return pattern.append('$').toString();
  }

  /** The longest list of words that both have in their order, without those that say nothing. */
  private static List<String> common(List<String> one, List<String> other) {
    int[][] lengths = new int[one.size() + 1][other.size() + 1];
    for (int i = one.size() - 1; i >= 0; i--) {
      for (int j = other.size() - 1; j >= 0; j--) {
        lengths[i][j] =
            one.get(i).equals(other.get(j))
                ? lengths[i + 1][j + 1] + 1
                : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
      }
    }
    List<String> common = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < one.size() && j < other.size()) {
      if (one.get(i).equals(other.get(j))) {
        if (!one.get(i).isEmpty()) {
          common.add(one.get(i));
        }
        i++;
        j++;
      } else if (lengths[i + 1][j] >= lengths[i][j + 1]) {
        i++;
      } else {
        j++;
      }
    }
    return common;
  }

  /** Each text literally: what has no word in common has nothing else either. */
  private static String either(List<String> texts) {
    List<String> quoted = texts.stream().map(RulePattern::quoted).toList();
    return "^(?:" + String.join("|", quoted) + ")$";
  }

  private static boolean matchesAll(String pattern, List<String> texts) {
    Pattern compiled = Pattern.compile(pattern, PythonPattern.FLAGS);
    return texts.stream().allMatch(text -> compiled.matcher(text).find());
  }

  /** The text with a backslash before what would mean something else. */
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == '\t') {
        quoted.append("\\t");
      } else if (character == '\r') {
        quoted.append("\\r");
      } else {
        quoted.append(SPECIAL.indexOf(character) >= 0 ? "\\" : "").append(character);
      }
    }
    return quoted.toString();
  }
}
