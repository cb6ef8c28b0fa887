package io.orchscope.match;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Patterns as people write them for Python's {@code re}, for java.util.regex: found in the same
 * texts, at the same places.
 *
 * <p>Shape: what Python knows and Java does not is said in other words, or refused. Three things
 * are not alike: a back-reference to a group inside of {@code (?!..)}, which Python never finds and
 * Java may; characters of the separators U+001C to U+001F are blanks for Python alone, and letters
 * beyond ASCII may be {@code \w} for one of the two only where they are combining marks or
 * fractions. Source: speed.md B.6, Python's documentation of {@code re}.
 */
public final class PythonPattern {

  /** As Python reads a pattern, on every Java. */
  public static final int FLAGS =
      Pattern.UNIX_LINES | Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNICODE_CASE;

  static final String QUOTE_IT =
      "Put a \\ before each of ( ) [ ] { } . * + ? | that the text itself holds.";

  /** Whose words are taken. */
  public enum Dialect {
    /** Only what Python takes, as in the table of the old monitor. */
    PYTHON,
    /** Also what Java alone knows: {@code \p{L}}, {@code \Q..\E}, {@code \h}, {@code (?<n>..)}. */
    BOTH
  }

  private PythonPattern() {}

  /**
   * The pattern, ready for use.
   *
   * <p>Errors: {@link RefusedPatternException} with the place, the reason and what to do.
   */
  public static Pattern compile(String pattern, Dialect dialect) throws RefusedPatternException {
    String translated = new PythonReader(pattern, dialect).translated();
    try {
      return Pattern.compile(translated, FLAGS);
    } catch (PatternSyntaxException malformed) {
      boolean isSame = translated.equals(pattern);
      throw new RefusedPatternException(
          isSame ? malformed.getIndex() + 1 : 0, malformed.getDescription(), QUOTE_IT);
    } catch (StackOverflowError tooDeep) {
      throw new RefusedPatternException(0, "it nests too deep", "Make several rules of it.");
    }
  }
}
