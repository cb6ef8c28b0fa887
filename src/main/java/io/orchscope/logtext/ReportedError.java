package io.orchscope.logtext;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The text of an error without the wrappers that scripts put around it on its way up, so that it
 * can be found where it began.
 *
 * <p>Shape: what stands behind the last {@code Error in <process>, }, {@code reason: Error: } or
 * {@code Failed task:(n) <operation>: }, and before {@code Please check file}; small letters, one
 * kind of quotes, one blank for several. Source: domain.md §3.1 and §4.5.
 */
final class ReportedError {

  /** How far a remark's text is that of the error. */
  enum Likeness {
    NONE,
    /** Most words of the error stand in it: ids and addresses may differ. */
    NEAR,
    /** One of them contains the other. */
    EXACT
  }

  private static final Pattern WRAPPER =
      Pattern.compile(
          "error in [\\w.]{1,200}+, "
              + "|error when running class [\\w.]{1,200}+, "
              + "|reason: error: "
              + "|failed task:\\([0-9]{1,9}+\\) [\\w-]{1,100}+: "
              + "|failed remote script '[^']{0,100}+'\\(exit code: [0-9]{1,9}+\\): ");

  private static final Pattern END = Pattern.compile("[. ,]*+please check file");
  private static final Pattern SUFFIX = Pattern.compile(" - \\w{1,100}+$");
  private static final Pattern BLANKS = Pattern.compile("\\s++");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{Alnum}]++");

  private static final int LONGEST = 4_000;
  private static final int SHORTEST_CORE = 8;
  private static final int SHORTEST_PART = 20;
  private static final int SHORTEST_WORD = 3;
  private static final int FEWEST_WORDS = 4;
  private static final double MOST_OF_THEM = 0.8;

  private final String core;
  private final Set<String> words;

  ReportedError(String text) {
    String unwrapped = unwrapped(text);
    String withoutSuffix = SUFFIX.matcher(unwrapped).replaceFirst("");
    this.core = withoutSuffix.length() < SHORTEST_CORE ? unwrapped : withoutSuffix;
    this.words = words(core);
  }

  Likeness likenessOf(Remark remark) {
    String text = even(remark.text());
    if (core.length() >= SHORTEST_CORE && text.contains(core)) {
      return Likeness.EXACT;
    }
    String part = unwrapped(remark.text());
    if (part.length() >= SHORTEST_PART && core.contains(part)) {
      return Likeness.EXACT;
    }
    Set<String> theirs = words(text);
    long shared = words.stream().filter(theirs::contains).count();
    return words.size() >= FEWEST_WORDS && shared >= MOST_OF_THEM * words.size()
        ? Likeness.NEAR
        : Likeness.NONE;
  }

  private static String unwrapped(String text) {
    String even = even(text);
    var matcher = WRAPPER.matcher(even);
    int from = 0;
    while (matcher.find()) {
      from = matcher.end();
    }
    var end = END.matcher(even).region(from, even.length());
    String inner = even.substring(from, end.find() ? end.start() : even.length()).strip();
    return inner.isEmpty() ? even : inner;
  }

  private static String even(String text) {
    String looked = text.substring(0, Math.min(text.length(), LONGEST));
    return BLANKS
        .matcher(looked.replace('"', '\''))
        .replaceAll(" ")
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  private static Set<String> words(String text) {
    Set<String> words = new TreeSet<>(List.of(BETWEEN_WORDS.split(text, -1)));
    words.removeIf(word -> word.length() < SHORTEST_WORD);
    return words;
  }
}
