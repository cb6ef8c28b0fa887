package io.orchscope.match;

import io.orchscope.match.PythonPattern.Dialect;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads a pattern as Python does, and writes it as Java reads it. */
final class PythonReader {

  private static final Pattern REPEAT = Pattern.compile("\\{([0-9]*)(,?)([0-9]*)\\}");

  private final PythonText text;
  private final PythonGroups groups;
  private final Dialect dialect;
  private final Deque<Open> open = new ArrayDeque<>();
  private final StringBuilder written = new StringBuilder();
  private boolean isVerbose;

  /** Whether something stands before that may be repeated. */
  private boolean canRepeat;

  private boolean hasRepeat;

  /** How much of what is written are flags for all that follows. */
  private int head;

  /** A group that is not closed yet; its number is 0 where it is not counted. */
  private record Open(int column, int behind, int number, boolean isVerbose) {}

  PythonReader(String pattern, Dialect dialect) {
    this.text = new PythonText(pattern);
    this.groups = new PythonGroups(pattern);
    this.dialect = dialect;
  }

  /** The pattern in Java's words. */
  String translated() throws RefusedPatternException {
    while (!text.isAtEnd()) {
      if (isVerbose && skipsVerbose()) {
        continue;
      }
      switch (text.peek()) {
        case '\\' -> escape();
        case '[' -> {
          text.take("[");
          written.append(new PythonBrackets(text, dialect).translated());
          isAtom();
        }
        case '(' -> open();
        case ')' -> close();
        case '*', '+', '?', '{' -> repeat();
        case '|', '^', '$' -> {
          written.append(text.next());
          canRepeat = false;
          hasRepeat = false;
        }
        default -> {
          written.append(text.next());
          isAtom();
        }
      }
    }
    if (!open.isEmpty()) {
      throw text.refused(open.peek().column, "a group is not closed", PythonPattern.QUOTE_IT);
    }
    return written.toString();
  }

  private void isAtom() {
    canRepeat = true;
    hasRepeat = false;
  }

  private boolean skipsVerbose() {
    if (Character.isWhitespace(text.peek())) {
      text.next();
      return true;
    }
    if (text.peek() == '#') {
      while (!text.isAtEnd() && text.peek() != '\n') {
        text.next();
      }
      return true;
    }
    return false;
  }

  private void repeat() throws RefusedPatternException {
    int column = text.column();
    String much = much();
    if (much.isEmpty()) {
      text.take("{");
      written.append("\\{");
      isAtom();
      return;
    }
    if (!canRepeat) {
      throw text.refused(
          column,
          hasRepeat ? "'" + much + "' repeats a repeat" : "there is nothing before '" + much + "'",
          PythonPattern.QUOTE_IT);
    }
    written.append(much);
    if (text.peek() == '?' || text.peek() == '+') {
      written.append(text.next());
    }
    canRepeat = dialect == Dialect.BOTH;
    hasRepeat = true;
  }

  /** How often, in Java's words; empty for a brace that is nothing but a brace. */
  private String much() {
    if (text.peek() != '{') {
      return String.valueOf(text.next());
    }
    var matcher = REPEAT.matcher(text.rest());
    if (!matcher.lookingAt() || matcher.end() == 2) {
      return "";
    }
    text.skip(matcher.end());
    String least = matcher.group(1).isEmpty() ? "0" : matcher.group(1);
    return "{" + least + matcher.group(2) + matcher.group(3) + "}";
  }

  private void escape() throws RefusedPatternException {
    int column = text.column();
    if (dialect == Dialect.BOTH && text.isNext("\\Q")) {
      String quoted = text.upTo("\\E");
      written.append(quoted);
      isAtom();
      return;
    }
    text.take("\\");
    char letter = text.peek();
    if ("AbBzZ".indexOf(letter) >= 0 && !(letter == 'z' && dialect == Dialect.PYTHON)) {
      text.next();
      written.append(letter == 'Z' ? "\\z" : "\\" + letter);
      canRepeat = dialect == Dialect.BOTH;
      hasRepeat = false;
      return;
    }
    if (letter >= '1' && letter <= '9') {
      written.append(groups.reference(text));
    } else {
      written.append(new PythonEscapes(text, dialect).translated(column));
    }
    isAtom();
  }

  private void open() throws RefusedPatternException {
    int column = text.column();
    text.take("(");
    int behind = -1;
    int number = 0;
    boolean wasVerbose = isVerbose;
    if (!text.take("?")) {
      number = groups.begin();
      written.append('(');
    } else if (text.take("#")) {
      text.upTo(")");
      return;
    } else if (text.take("P<") || (dialect == Dialect.BOTH && isJavaName())) {
      written.append("(?<").append(groups.named(text, column)).append('>');
      number = groups.last();
    } else if (text.take("P=")) {
      written.append(groups.namedReference(text, column));
      isAtom();
      return;
    } else if (text.isNext("<=") || text.isNext("<!")) {
      written.append("(?").append(text.next()).append(text.next());
      behind = written.length();
    } else if (text.isNext("=") || text.isNext("!") || text.isNext(">") || text.isNext(":")) {
      written.append("(?").append(text.next());
    } else if (!flags(column)) {
      return;
    }
    open.push(new Open(column, behind, number, wasVerbose));
    canRepeat = false;
    hasRepeat = false;
  }

  private boolean isJavaName() {
    return text.isNext("<") && !text.isNext("<=") && !text.isNext("<!") && text.take("<");
  }

  /** Flags; answers whether a group begins with them. */
  private boolean flags(int column) throws RefusedPatternException {
    PythonFlags flags = PythonFlags.read(text, column, written.length() == head, dialect);
    isVerbose |= flags.isVerbose();
    boolean isHead = written.length() == head && !flags.opensGroup();
    written.append(flags.written());
    head = isHead ? written.length() : head;
    return flags.opensGroup();
  }

  private void close() throws RefusedPatternException {
    int column = text.column();
    text.take(")");
    if (open.isEmpty()) {
      throw text.refused(column, "')' closes nothing", PythonPattern.QUOTE_IT);
    }
    Open group = open.pop();
    if (group.behind >= 0 && dialect == Dialect.PYTHON) {
      proveFixed(group);
    }
    groups.end(group.number);
    written.append(')');
    isVerbose = group.isVerbose;
    isAtom();
  }

  /** Python looks back over a fixed number of characters only. */
  private void proveFixed(Open group) throws RefusedPatternException {
    try {
      Pattern inner = Pattern.compile(written.substring(group.behind), PythonPattern.FLAGS);
      if (PatternReader.read(inner).filter(part -> !PartLength.isFixed(part)).isPresent()) {
        throw text.refused(
            group.column,
            "what is looked for behind may have several lengths",
            "Give each length a look-behind of its own: (?:(?<=a)|(?<=bc)).");
      }
    } catch (PatternSyntaxException partOfSomethingElse) {
      // It speaks of groups that stand outside; Java says what is wrong, if anything is.
      return;
    }
  }
}
