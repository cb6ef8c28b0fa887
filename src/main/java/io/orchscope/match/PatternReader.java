package io.orchscope.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Takes a pattern of java.util.regex apart.
 *
 * <p>Errors: none. Of a pattern that holds anything unusual nothing is said; nothing is guessed.
 */
final class PatternReader {

  private static final int KNOWN_FLAGS =
      Pattern.UNIX_LINES
          | Pattern.UNICODE_CHARACTER_CLASS
          | Pattern.UNICODE_CASE
          | Pattern.CASE_INSENSITIVE
          | Pattern.DOTALL
          | Pattern.MULTILINE;

  private static final List<Part.Range> LINE_ENDS =
      List.of(
          new Part.Range('\n', '\n'),
          new Part.Range('\r', '\r'),
          new Part.Range(0x85, 0x85),
          new Part.Range(0x2028, 0x2029));

  private final PatternCursor cursor;
  private final EscapeReader escapes;
  private int flags;
  private int depth;
  private int leading;

  private PatternReader(String pattern, int flags) {
    this.cursor = new PatternCursor(pattern);
    this.escapes = new EscapeReader(cursor);
    this.flags = flags;
  }

  /** The parts of a pattern; none when there is anything in it that is not known here. */
  static Optional<Part> read(Pattern pattern) {
    if ((pattern.flags() & ~KNOWN_FLAGS) != 0) {
      return Optional.empty();
    }
    PatternReader reader = new PatternReader(pattern.pattern(), pattern.flags());
    try {
      Part whole = reader.choice();
      return reader.cursor.isAtEnd() ? Optional.of(whole) : Optional.empty();
    } catch (UnknownConstructException unusual) {
      return Optional.empty();
    }
  }

  private Part choice() {
    List<Part> branches = new ArrayList<>();
    do {
      branches.add(sequence());
    } while (cursor.take("|"));
    return branches.size() == 1 ? branches.get(0) : new Part.Choice(List.copyOf(branches));
  }

  private Part sequence() {
    List<Part> parts = new ArrayList<>();
    while (!cursor.isAtEnd() && cursor.peek() != '|' && cursor.peek() != ')') {
      add(parts, Quantifier.read(cursor, atom()));
    }
    return parts.size() == 1 ? parts.get(0) : new Part.Sequence(List.copyOf(parts));
  }

  /** Characters that follow each other become one text. */
  private static void add(List<Part> parts, Part next) {
    int last = parts.size() - 1;
    if (next instanceof Part.Text text
        && last >= 0
        && parts.get(last) instanceof Part.Text before
        && before.folded() == text.folded()) {
      parts.set(last, new Part.Text(before.text() + text.text(), text.folded()));
    } else if (!(next instanceof Part.Sequence sequence && sequence.parts().isEmpty())) {
      parts.add(next);
    }
  }

  private Part atom() {
    if (cursor.take("(")) {
      return group();
    }
    if (cursor.take("[")) {
      return escapes.brackets(isFolded());
    }
    if (cursor.take("\\")) {
      return escape();
    }
    if (cursor.take(".")) {
      return dot();
    }
    if (cursor.take("^")) {
      return has(Pattern.MULTILINE) ? Part.Edge.LINE_START : Part.Edge.TEXT_START;
    }
    if (cursor.take("$")) {
      return has(Pattern.MULTILINE) ? Part.Edge.LINE_END : Part.Edge.LAST_LINE_END;
    }
    if (Quantifier.isNext(cursor)) {
      throw new UnknownConstructException();
    }
    return text(cursor.next());
  }

  private Part dot() {
    if (has(Pattern.DOTALL)) {
      return new Part.OneOf(List.of(), "", true, false, false);
    }
    return has(Pattern.UNIX_LINES)
        ? Part.OneOf.DOT
        : new Part.OneOf(LINE_ENDS, "", true, false, false);
  }

  private Part escape() {
    if (cursor.take("Q")) {
      return quoted();
    }
    char letter = cursor.peek();
    Part.Edge edge =
        switch (letter) {
          case 'b' -> Part.Edge.BOUNDARY;
          case 'B' -> Part.Edge.NO_BOUNDARY;
          case 'A' -> Part.Edge.TEXT_START;
          case 'z' -> Part.Edge.TEXT_END;
          case 'Z' -> Part.Edge.LAST_LINE_END;
          default -> null;
        };
    if (edge != null) {
      cursor.next();
      if (letter == 'b' && cursor.isNext("{")) {
        throw new UnknownConstructException();
      }
      return edge;
    }
    if (letter >= '1' && letter <= '9') {
      cursor.next();
      return endOfNumber();
    }
    if (cursor.take("k<")) {
      cursor.upTo(">");
      return new Part.BackReference();
    }
    int codePoint = escapes.codePoint();
    return codePoint == EscapeReader.NONE ? escapes.set() : text(codePoint);
  }

  /** How many digits belong to the number of a group depends on how many groups there are. */
  private Part endOfNumber() {
    if (cursor.peek() >= '0' && cursor.peek() <= '9') {
      throw new UnknownConstructException();
    }
    return new Part.BackReference();
  }

  /** A quantifier after a quotation belongs to its last character alone. */
  private Part quoted() {
    String words = cursor.upTo("\\E");
    if (words.isEmpty() || Quantifier.isNext(cursor)) {
      throw new UnknownConstructException();
    }
    return new Part.Text(words, isFolded());
  }

  private Part group() {
    int flagsBefore = flags;
    boolean isLeading = cursor.position() - 1 == leading;
    depth++;
    try {
      if (!cursor.take("?") || cursor.take(":")) {
        return inner(flagsBefore);
      }
      boolean isBehind = cursor.isNext("<=") || cursor.isNext("<!");
      if (cursor.take("=") || cursor.take("<=")) {
        return new Part.Look(inner(flagsBefore), isBehind, false);
      }
      if (cursor.take("!") || cursor.take("<!")) {
        return new Part.Look(inner(flagsBefore), isBehind, true);
      }
      if (cursor.take(">")) {
        return new Part.Atomic(inner(flagsBefore));
      }
      if (cursor.take("<")) {
        cursor.upTo(">");
        return inner(flagsBefore);
      }
      readFlags();
      return cursor.take(":") ? inner(flagsBefore) : flagsFromHere(isLeading);
    } finally {
      depth--;
    }
  }

  private Part inner(int flagsBefore) {
    Part inner = choice();
    cursor.expect(")");
    flags = flagsBefore;
    return inner;
  }

  /**
   * Flags that hold to the end of their group.
   *
   * <p>{@link Pattern#flags} answers with what the outermost of them have left behind, so what held
   * before one in the middle of a pattern cannot be told.
   */
  private Part flagsFromHere(boolean isLeading) {
    cursor.expect(")");
    if ((depth == 1 && !isLeading) || Quantifier.isNext(cursor)) {
      throw new UnknownConstructException();
    }
    leading = isLeading ? cursor.position() : leading;
    return new Part.Sequence(List.of());
  }

  private void readFlags() {
    boolean on = true;
    while (!cursor.isNext(":") && !cursor.isNext(")")) {
      if (cursor.take("-")) {
        on = false;
        continue;
      }
      int flag =
          switch (cursor.next()) {
            case 'i' -> Pattern.CASE_INSENSITIVE;
            case 'm' -> Pattern.MULTILINE;
            case 's' -> Pattern.DOTALL;
            default -> throw new UnknownConstructException();
          };
      flags = on ? flags | flag : flags & ~flag;
    }
  }

  private Part text(int codePoint) {
    return new Part.Text(Character.toString(codePoint), isFolded());
  }

  private boolean isFolded() {
    return has(Pattern.CASE_INSENSITIVE);
  }

  private boolean has(int flag) {
    return (flags & flag) != 0;
  }
}
