package io.orchscope.match;

import io.orchscope.match.Part.OneOf;
import io.orchscope.match.Part.Range;
import java.util.ArrayList;
import java.util.List;

/** Reads what stands after a backslash and between brackets. */
final class EscapeReader {

  /** What {@link #codePoint} answers when the escape is not one character. */
  static final int NONE = -1;

  private static final int NEXT_LINE_LETTER = 0x07;
  private static final int ESCAPE = 0x1b;

  private final PatternCursor cursor;

  EscapeReader(PatternCursor cursor) {
    this.cursor = cursor;
  }

  /** The one character that an escape stands for; the cursor is after its backslash. */
  int codePoint() {
    char letter = cursor.peek();
    if ("dDwWsShHvVpP".indexOf(letter) >= 0) {
      return NONE;
    }
    int codePoint = cursor.next();
    return switch (codePoint) {
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 'f' -> '\f';
      case 'a' -> NEXT_LINE_LETTER;
      case 'e' -> ESCAPE;
      case 'u' -> cursor.digits(4, 16);
      case 'x' -> hexadecimal();
      default -> {
        if (codePoint >= 128 || Character.isLetterOrDigit(codePoint)) {
          throw new UnknownConstructException();
        }
        yield codePoint;
      }
    };
  }

  /** The class that an escape stands for; the cursor is after its backslash. */
  OneOf set() {
    int letter = cursor.next();
    return switch (letter) {
      case 'd', 'D', 'w', 'W', 's', 'S' ->
          new OneOf(List.of(), Character.toString(letter), false, false, false);
      case 'h', 'H', 'v', 'V' -> opaque();
      case 'p', 'P' -> {
        if (cursor.take("{")) {
          cursor.upTo("}");
        } else {
          cursor.next();
        }
        yield opaque();
      }
      default -> throw new UnknownConstructException();
    };
  }

  /** A set between brackets; the cursor is after the first of them. */
  OneOf brackets(boolean folded) {
    boolean negated = cursor.take("^");
    List<Range> ranges = new ArrayList<>();
    StringBuilder escapes = new StringBuilder();
    boolean opaque = false;
    do {
      if (cursor.isNext("[") || cursor.isNext("]") || cursor.isNext("&&")) {
        throw new UnknownConstructException();
      }
      int low = member();
      if (low == NONE) {
        OneOf set = set();
        escapes.append(set.escapes());
        opaque |= set.isOpaque();
      } else if (cursor.isNext("-") && !cursor.isNext("-]")) {
        ranges.add(new Range(low, end(low)));
      } else {
        ranges.add(new Range(low, low));
      }
    } while (!cursor.take("]"));
    return new OneOf(List.copyOf(ranges), escapes.toString(), negated, folded, opaque);
  }

  private int end(int low) {
    cursor.expect("-");
    if (cursor.isNext("[") || cursor.isNext("&&")) {
      throw new UnknownConstructException();
    }
    int high = member();
    if (high < low) {
      throw new UnknownConstructException();
    }
    return high;
  }

  private int member() {
    return cursor.take("\\") ? codePoint() : cursor.next();
  }

  private int hexadecimal() {
    if (!cursor.take("{")) {
      return cursor.digits(2, 16);
    }
    String digits = cursor.upTo("}");
    if (!digits.matches("[0-9A-Fa-f]{1,6}")) {
      throw new UnknownConstructException();
    }
    int value = Integer.parseInt(digits, 16);
    if (value > Character.MAX_CODE_POINT || (value >= 0xd800 && value <= 0xdfff)) {
      throw new UnknownConstructException();
    }
    return value;
  }

  private static OneOf opaque() {
    return new OneOf(List.of(), "", false, false, true);
  }
}
