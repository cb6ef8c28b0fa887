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
  private static final String ANYTHING = ".{0," + LONGEST + "}";
  private static final String DASH = " - ";

  /** Whichever part of MDSO has failed, and has put its name behind. */
  private static final String MODULE = "(?: - [\\w-]{1,80})?$";

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
      String next = piece instanceof Piece.Slot slot ? wildcard(slot) : quoted(piece.text());
      pattern.append(next.equals(ANYTHING) && endsWith(pattern, ANYTHING) ? "" : next);
    }
    if (template.isCut() && !endsWith(pattern, ANYTHING)) {
      pattern.append(ANYTHING);
    }
    return pattern.append(MODULE).toString();
  }

  private static boolean endsWith(StringBuilder pattern, String end) {
    return pattern.indexOf(end, pattern.length() - end.length()) >= 0;
  }

  private static String wildcard(Piece.Slot slot) {
    return switch (slot.kind()) {
      case DUMP, REST -> ANYTHING;
      default ->
          slot.text().indexOf(' ') >= 0
              ? ".{1," + bound(slot.text().length()) + "}"
              : "[^ ]{1," + bound(slot.text().length()) + "}";
    };
  }

  private static int bound(int length) {
    return Arrays.stream(BOUNDS).filter(bound -> bound >= 2 * length).findFirst().orElse(LONGEST);
  }

  /** The words that all texts have in one order, with anything where some have something else. */
  private static String common(List<String> texts) {
    List<List<String>> split =
        texts.stream().map(text -> List.of(withoutModule(text).split(" ", -1))).distinct().toList();
    List<String> words = split.get(0);
    for (List<String> text : split) {
      words = common(words, text);
    }
    int[] gaps = gaps(words, split);
    StringBuilder pattern = new StringBuilder("^").append(gap(gaps[0]));
    for (int i = 0; i < words.size(); i++) {
      boolean isLast = i + 1 == words.size();
      pattern.append(quoted(words.get(i))).append(isLast ? "" : " ").append(gap(gaps[i + 1]));
    }
    return pattern.append(MODULE).toString();
  }

  private static String withoutModule(String text) {
    String module = Template.ofNormalised(text).module();
    int end = text.length() - (module.isEmpty() ? 0 : DASH.length() + module.length());
    return text.substring(0, end);
  }

  private static String gap(int longest) {
    return longest == 0 ? "" : ".{0," + bound(longest) + "}";
  }

  /** How many characters stand before each of the words at most, and behind the last. */
  private static int[] gaps(List<String> words, List<List<String>> texts) {
    int[] gaps = new int[words.size() + 1];
    for (List<String> text : texts) {
      int next = 0;
      int length = 0;
      for (String word : text) {
        boolean isNext = next < words.size() && word.equals(words.get(next));
        if (isNext) {
          gaps[next] = Math.max(gaps[next], length);
          next++;
        }
        length = isNext ? 0 : length + word.length() + 1;
      }
      gaps[next] = Math.max(gaps[next], length);
    }
    return gaps;
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
