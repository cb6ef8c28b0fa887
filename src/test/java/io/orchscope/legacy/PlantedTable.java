package io.orchscope.legacy;

import io.orchscope.legacy.TableFinding.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A table of the old monitor with mistakes of every kind, of which the places are known. */
final class PlantedTable {

  final List<List<String>> rows = new ArrayList<>();
  final Map<Kind, TreeSet<String>> planted = new EnumMap<>(Kind.class);

  PlantedTable(int size) {
    for (int i = 0; i < size; i++) {
      String code = "DE-%d".formatted(1000 + i);
      String word = word(i);
      String error =
          "MDSO | System Error - Resource Get: part %s of TST%05dZW failed".formatted(word, i);
      String pattern = "part %s of .* failed".formatted(word);
      switch (i % 30) {
        case 3 -> plant(Kind.MISSES, code, error + " (why?)", pattern + " (why?)$");
        case 5 -> plant(Kind.SHADOWED, code, before(i), "Resource Get: part " + word(i - 1) + ".*");
        case 8 -> plant(Kind.SAME_PATTERN, code, before(i), pattern(i - 1));
        case 11 -> plant(Kind.SAME_CODE, "DE-%d".formatted(1000 + i - 1), error, pattern);
        case 13 -> plant(Kind.REFUSED, code, error, "part " + word + " (of");
        case 14 -> plant(Kind.REFUSED, code, error, "(a)?(?(1)part|" + word + ")");
        case 17 -> plant(Kind.BAD_CODE, "DE" + code, error, pattern);
        case 19 -> plant(Kind.EMPTY_PATTERN, code, error, "  ");
        case 21 -> plant(Kind.EMPTY_ERROR, code, "", pattern);
        case 23 -> plant(Kind.BOUNDLESS, code, error, "(part " + word + ")*");
        case 26 ->
            plant(
                Kind.COSTLY, code, "x" + word + "a".repeat(60), "x" + word + "(?=(a|aa)+$)(a+)+$");
        default -> row(code, error, pattern);
      }
    }
  }

  private void plant(Kind kind, String code, String error, String pattern) {
    planted.computeIfAbsent(kind, each -> new TreeSet<>()).add(code);
    row(code, error, pattern);
  }

  private void row(String code, String error, String pattern) {
    rows.add(List.of(code, error, "none", pattern));
  }

  private static String before(int i) {
    return "MDSO | System Error - Resource Get: part %s of TST%05dZW failed"
        .formatted(word(i - 1), i - 1);
  }

  private static String pattern(int i) {
    return "part %s of .* failed".formatted(word(i));
  }

  /** In letters, and none the beginning of another. */
  private static String word(int i) {
    StringBuilder word = new StringBuilder();
    for (int rest = i, digit = 0; digit < 4; rest /= 26, digit++) {
      word.append((char) ('a' + rest % 26));
    }
    return word.toString();
  }
}
