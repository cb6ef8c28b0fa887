package io.orchscope.match;

/** Reads how often a part may stand. */
final class Quantifier {

  private Quantifier() {}

  static boolean isNext(PatternCursor cursor) {
    return "*+?{".indexOf(cursor.peek()) >= 0;
  }

  /** The part as often as what comes next says; the part itself when nothing is said. */
  static Part read(PatternCursor cursor, Part part) {
    int least;
    int most = Part.UNBOUNDED;
    if (cursor.take("*")) {
      least = 0;
    } else if (cursor.take("+")) {
      least = 1;
    } else if (cursor.take("?")) {
      least = 0;
      most = 1;
    } else if (cursor.take("{")) {
      least = cursor.number();
      most = most(cursor, least);
      cursor.expect("}");
    } else {
      return part;
    }
    Part.Mode mode =
        cursor.take("?")
            ? Part.Mode.LAZY
            : cursor.take("+") ? Part.Mode.POSSESSIVE : Part.Mode.GREEDY;
    return new Part.Repeat(part, least, most, mode);
  }

  private static int most(PatternCursor cursor, int least) {
    if (!cursor.take(",")) {
      return least;
    }
    return cursor.isNext("}") ? Part.UNBOUNDED : cursor.number();
  }
}
