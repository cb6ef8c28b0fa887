package io.orchscope.match;

import java.util.Locale;
import java.util.Optional;

/**
 * Writes a pattern anew for RE2/J, which needs time in proportion to the text whatever the pattern.
 *
 * <p>Its letters, digits and blanks are those of ASCII, and its {@code $} is the very end; so what
 * is written says for which texts it means the same. What it knows no way to say is not written.
 */
final class LinearWriter {

  /** As many steps of RE2/J's own machine; more cost more memory than a rule is worth. */
  private static final int LARGEST = 4_000;

  private static final int MOST_REPEATS = 1_000;

  private final StringBuilder written = new StringBuilder();
  private boolean onlyAscii;
  private boolean onlyOneLine;

  /**
   * A pattern for RE2/J.
   *
   * @param size in steps of its machine, about
   * @param onlyAscii whether it means the same only for texts in ASCII
   * @param onlyOneLine whether it means the same only for texts without a line end
   */
  record Written(String pattern, int size, boolean onlyAscii, boolean onlyOneLine) {}

  private LinearWriter() {}

  /** The pattern anew; none when it cannot be said. */
  static Optional<Written> write(Part pattern) {
    LinearWriter writer = new LinearWriter();
    try {
      int size = writer.append(pattern);
      return Optional.of(
          new Written(writer.written.toString(), size, writer.onlyAscii, writer.onlyOneLine));
    } catch (UnknownConstructException cannotBeSaid) {
      return Optional.empty();
    }
  }

  /** Appends a part and answers with its size. */
  private int append(Part part) {
    if (part instanceof Part.Text text) {
      return text(text);
    }
    if (part instanceof Part.OneOf set) {
      return set(set);
    }
    if (part instanceof Part.Sequence sequence) {
      int size = 1;
      written.append("(?:");
      for (Part next : sequence.parts()) {
        size = bounded((long) size + append(next));
      }
      written.append(')');
      return size;
    }
    if (part instanceof Part.Choice choice) {
      return choice(choice);
    }
    if (part instanceof Part.Repeat repeat) {
      return repeat(repeat);
    }
    if (part instanceof Part.Edge edge) {
      return edge(edge);
    }
    throw new UnknownConstructException();
  }

  private int text(Part.Text text) {
    written.append(text.folded() ? "(?i:" : "(?:");
    text.text().codePoints().forEach(codePoint -> codePoint(codePoint, text.folded()));
    written.append(')');
    return bounded(text.text().length());
  }

  private void codePoint(int codePoint, boolean folded) {
    if (folded && codePoint > 127) {
      throw new UnknownConstructException();
    }
    onlyAscii |= folded && Character.isLetter(codePoint);
    boolean isPlain = codePoint < 128 && Character.isLetterOrDigit(codePoint);
    written.append(
        isPlain ? Character.toString(codePoint) : String.format(Locale.ROOT, "\\x{%x}", codePoint));
  }

  private int set(Part.OneOf set) {
    if (set.isOpaque()) {
      throw new UnknownConstructException();
    }
    if (set.ranges().isEmpty() && set.escapes().isEmpty()) {
      written.append("(?s:.)");
      return 1;
    }
    written.append(set.folded() ? "(?i:[" : "(?:[").append(set.negated() ? "^" : "");
    for (Part.Range range : set.ranges()) {
      codePoint(range.low(), set.folded());
      written.append('-');
      codePoint(range.high(), set.folded());
    }
    onlyAscii |= set.folded() || !set.escapes().isEmpty();
    for (int i = 0; i < set.escapes().length(); i++) {
      char escape = set.escapes().charAt(i);
      written.append(
          switch (escape) {
            case 's' -> "\\x{9}-\\x{d} ";
            case 'S' -> "\\x{0}-\\x{8}\\x{e}-\\x{1f}!-\\x{10ffff}";
            default -> "\\" + escape;
          });
    }
    written.append("])");
    return 1;
  }

  private int choice(Part.Choice choice) {
    int size = 1;
    String before = "(?:";
    for (Part branch : choice.branches()) {
      written.append(before);
      size = bounded(size + 1L + append(branch));
      before = "|";
    }
    written.append(')');
    return size;
  }

  private int repeat(Part.Repeat repeat) {
    boolean isUnbounded = repeat.most() == Part.UNBOUNDED;
    int times = isUnbounded ? repeat.least() + 1 : repeat.most();
    if (repeat.mode() == Part.Mode.POSSESSIVE || times > MOST_REPEATS || repeat.least() > times) {
      throw new UnknownConstructException();
    }
    written.append("(?:");
    int size = append(repeat.part());
    written.append("){").append(repeat.least()).append(',');
    written.append(isUnbounded ? "" : String.valueOf(repeat.most())).append('}');
    written.append(repeat.mode() == Part.Mode.LAZY ? "?" : "");
    return bounded((size + 1L) * Math.max(1, times));
  }

  private int edge(Part.Edge edge) {
    written.append(
        switch (edge) {
          case TEXT_START -> "\\A";
          case TEXT_END, LAST_LINE_END -> "\\z";
          case BOUNDARY -> "\\b";
          case NO_BOUNDARY -> "\\B";
          case LINE_START, LINE_END -> throw new UnknownConstructException();
        });
    onlyAscii |= edge == Part.Edge.BOUNDARY || edge == Part.Edge.NO_BOUNDARY;
    onlyOneLine |= edge == Part.Edge.LAST_LINE_END;
    return 1;
  }

  private static int bounded(long size) {
    if (size > LARGEST) {
      throw new UnknownConstructException();
    }
    return (int) size;
  }
}
