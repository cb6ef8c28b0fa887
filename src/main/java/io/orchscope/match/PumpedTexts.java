package io.orchscope.match;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Texts on which a pattern that backtracks badly does so: what leads to a repeat, then what it
 * repeats until the text is as long as an error can be, and nothing of what should come next.
 */
final class PumpedTexts {

  /** About the longest normalised error: 500 characters, and who failed. */
  private static final int LENGTH = 550;

  private static final int MOST_TEXTS = 24;
  private static final String LIKELY = "a0A .:-_/'|";

  private final Set<String> texts = new LinkedHashSet<>();

  private PumpedTexts() {}

  /** The texts for a pattern. */
  static List<String> of(Part pattern) {
    PumpedTexts pumped = new PumpedTexts();
    pumped.walk(pattern, "", "");
    String whole = sample(pattern);
    if (!whole.isEmpty()) {
      pumped.pump("", whole, "");
      pumped.pump(whole.substring(0, whole.length() - 1), whole.substring(0, 1), "");
      pumped.pump("", whole.substring(0, Math.max(1, whole.length() - 1)), "");
    }
    return pumped.texts.stream().limit(MOST_TEXTS).toList();
  }

  /** Texts for a pattern of which nothing is known. */
  static List<String> ofAny() {
    PumpedTexts pumped = new PumpedTexts();
    for (String unit : List.of("a", "0", " ", "a ", "ab", "aA0 ", "x=1 ")) {
      pumped.pump("", unit, "!");
    }
    return List.copyOf(pumped.texts);
  }

  /** Pumps each repeat; answers with a text for the part. */
  private String walk(Part part, String before, String after) {
    if (part instanceof Part.Sequence sequence) {
      StringBuilder all = new StringBuilder();
      List<Part> parts = sequence.parts();
      for (int i = 0; i < parts.size(); i++) {
        String rest = sample(new Part.Sequence(parts.subList(i + 1, parts.size())));
        all.append(walk(parts.get(i), before + all, rest + after));
      }
      return all.toString();
    }
    if (part instanceof Part.Repeat repeat) {
      String unit = walk(repeat.part(), before, after);
      if (repeat.most() > 1) {
        pump(before, unit, "");
        pump(before, unit, "~" + after);
      }
      return unit.repeat(Math.min(LENGTH, Math.max(1, repeat.least())));
    }
    if (part instanceof Part.Look || part instanceof Part.OneOf || part instanceof Part.Text) {
      return sample(part);
    }
    List<String> branches = new ArrayList<>();
    PatternLint.parts(part).forEach(inner -> branches.add(walk(inner, before, after)));
    return branches.isEmpty() ? "" : branches.get(0);
  }

  private void pump(String before, String unit, String after) {
    if (unit.isEmpty()) {
      return;
    }
    int room = Math.max(1, (LENGTH - before.length() - after.length()) / unit.length());
    texts.add(before + unit.repeat(room) + after);
  }

  /** A text that a part stands for, or nearly. */
  private static String sample(Part part) {
    if (part instanceof Part.Text text) {
      return text.text();
    }
    if (part instanceof Part.OneOf set) {
      return AsciiSet.of(set).map(PumpedTexts::member).orElse("a");
    }
    if (part instanceof Part.Repeat repeat) {
      return sample(repeat.part()).repeat(Math.min(LENGTH, Math.max(1, repeat.least())));
    }
    if (part instanceof Part.Look) {
      return "";
    }
    StringBuilder all = new StringBuilder();
    for (Part inner : PatternLint.parts(part)) {
      if (part instanceof Part.Choice && !all.isEmpty()) {
        break;
      }
      all.append(sample(inner));
    }
    return all.toString();
  }

  private static String member(AsciiSet set) {
    for (int i = 0; i < LIKELY.length(); i++) {
      if (set.has((byte) LIKELY.charAt(i))) {
        return LIKELY.substring(i, i + 1);
      }
    }
    for (int c = '!'; c < 127; c++) {
      if (set.has((byte) c)) {
        return Character.toString(c);
      }
    }
    return "";
  }
}
