package io.orchscope.match;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * Patterns of all kinds out of a few words, each with a text that it is nearly always found in.
 *
 * <p>Few words, so that patterns share them and texts hold several; letters whose upper and lower
 * case are odd among them.
 */
final class PatternSketch {

  private static final List<String> WORDS =
      List.of(
          "device: ",
          "state: NOT-AVAILABLE",
          "Unable to connect",
          " - servicemapper",
          "Resource ",
          "failed",
          "a.b",
          "ab",
          "k",
          "s",
          "I",
          "Kelvin \u212a",
          "long\u017f ",
          "\u0130stanbul",
          "d\u0131\u015far\u0131",
          "\u00e9t\u00e9",
          "\ud83d\ude00",
          "MDSO | ",
          "(x)",
          "port 1/1/4");

  private static final List<String> NOISE =
      List.of(" ", "zz", "7", "\n", "\r", "\u2028", "\ud83d", "device", "K", "\u212a", "W", "-");

  private final Random random;
  private int groups;

  /** A pattern, and a text for it. */
  record Sketch(String pattern, String sample) {

    Sketch then(Sketch next) {
      return new Sketch(pattern + next.pattern, sample + next.sample);
    }

    Sketch in(String before, String after) {
      return new Sketch(before + pattern + after, sample);
    }
  }

  PatternSketch(Random random) {
    this.random = random;
  }

  /** A pattern that java.util.regex takes. */
  Sketch pattern() {
    Sketch whole = sequence(3);
    whole =
        switch (random.nextInt(12)) {
          case 0 -> whole.in("(?i)", "");
          case 1 -> whole.in("(?:", ")");
          case 2 -> whole.in("^(?:", ")");
          case 3 -> whole.in("", "$");
          case 4 -> new Sketch(whole.pattern + "|" + sequence(1).pattern, whole.sample);
          case 5 -> new Sketch(sequence(1).pattern + "|" + whole.pattern, whole.sample);
          default -> whole;
        };
    return whole;
  }

  /** A text that holds a sample, or one that is nearly one. */
  String text(List<Sketch> sketches) {
    StringBuilder text = new StringBuilder(noise());
    int samples = random.nextInt(3);
    for (int i = 0; i < samples; i++) {
      text.append(sketches.get(random.nextInt(sketches.size())).sample).append(noise());
    }
    String whole = text.toString();
    return switch (random.nextInt(6)) {
      case 0 -> whole.toUpperCase(Locale.ROOT);
      case 1 -> whole.toLowerCase(Locale.ROOT);
      case 2 -> without(whole);
      default -> whole;
    };
  }

  private String without(String text) {
    int at = random.nextInt(text.length() + 1);
    return text.substring(0, at) + text.substring(Math.min(text.length(), at + 1));
  }

  private String noise() {
    StringBuilder noise = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      noise.append(NOISE.get(random.nextInt(NOISE.size())));
    }
    return noise.toString();
  }

  private Sketch sequence(int depth) {
    Sketch sequence = new Sketch("", "");
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      sequence = sequence.then(random.nextInt(3) == 0 ? word() : piece(depth));
    }
    return sequence;
  }

  private Sketch word() {
    String word = WORDS.get(random.nextInt(WORDS.size()));
    return switch (random.nextInt(8)) {
      case 0 -> new Sketch(Pattern.quote(word), word);
      case 1 -> new Sketch("(?i:" + escaped(word) + ")", word.toUpperCase(Locale.ROOT));
      default -> new Sketch(escaped(word), word);
    };
  }

  private static String escaped(String word) {
    return word.replaceAll("[.()|]", "\\\\$0");
  }

  private Sketch piece(int depth) {
    return depth == 0 || random.nextBoolean() ? simple() : nested(depth - 1);
  }

  private Sketch simple() {
    return switch (random.nextInt(24)) {
      case 0, 1, 2, 3 -> new Sketch(".*", noise());
      case 4 -> new Sketch(".+", "xyz");
      case 5 -> new Sketch(".*?", noise());
      case 6 -> new Sketch(".{0,20}", noise());
      case 7 -> new Sketch("[^ ]+", "ABCDTXAB1ZW");
      case 8 -> new Sketch("\\d{1,3}", "12");
      case 9 -> new Sketch("\\w+", "caf\u00e9");
      case 10 -> new Sketch("\\s", "\t");
      case 11 -> new Sketch("[A-Z0-9]{4}W", "AB12W");
      case 12 -> new Sketch("[Ee]rror", "Error");
      case 13 -> new Sketch("\\b", "");
      case 14 -> new Sketch("\\B", "");
      case 15 -> new Sketch("\\p{L}+", "\u00e9a");
      case 16 -> new Sketch("[^a-f\\d]", "z");
      case 17 -> new Sketch("[a-z&&[^k]]", "s");
      case 18 -> new Sketch("\\x41\\u0042\\t", "AB\t");
      case 19 -> new Sketch("(?s:.)", "\n");
      case 20 -> new Sketch("s?", "s");
      case 21 -> new Sketch("[\\w.-]*+ ", "a-b.c ");
      case 22 -> new Sketch("(?i:[k-s])", "\u212a");
      default -> new Sketch("$", "");
    };
  }

  private Sketch nested(int depth) {
    Sketch inner = sequence(depth);
    String name = "g" + groups++;
    return switch (random.nextInt(14)) {
      case 0, 1 ->
          new Sketch("(?:" + inner.pattern + ")?", random.nextBoolean() ? inner.sample : "");
      case 2, 3, 4 -> branches(inner, depth);
      case 5 -> inner.in("(?:", "){2}").then(new Sketch("", inner.sample));
      case 6 -> inner.in("(?:", " ){1,3}").then(new Sketch("", " "));
      case 7 -> inner.in("(?=", ")");
      case 8 -> new Sketch("(?!" + inner.pattern + ")", "");
      case 9 -> new Sketch("(?<=" + escaped("ab") + ")", "");
      case 10 -> new Sketch("(?<!" + escaped("ab") + ")", "");
      case 11 ->
          new Sketch(
              "(?<" + name + ">\\w+) " + inner.pattern + "\\k<" + name + ">",
              "ab " + inner.sample + "ab");
      case 12 -> inner.in("(?>", ")");
      default -> inner.in("((?i)", ")");
    };
  }

  private Sketch branches(Sketch inner, int depth) {
    Sketch other = sequence(depth);
    String pattern =
        random.nextBoolean()
            ? inner.pattern + "|" + other.pattern
            : other.pattern + "|" + inner.pattern + (random.nextInt(4) == 0 ? "|" : "");
    return new Sketch("(?:" + pattern + ")", inner.sample);
  }
}
