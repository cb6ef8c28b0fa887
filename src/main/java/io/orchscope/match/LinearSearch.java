package io.orchscope.match;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/** Looks for a pattern by RE2/J. Shape: never changes; safe for many threads. */
final class LinearSearch {

  private final LinearWriter.Written written;
  private final Pattern pattern;

  private LinearSearch(LinearWriter.Written written, Pattern pattern) {
    this.written = written;
    this.pattern = pattern;
  }

  /** The search for a pattern; none when RE2/J has no words for it. */
  static Optional<LinearSearch> of(java.util.regex.Pattern pattern) {
    return PatternReader.read(pattern).flatMap(LinearWriter::write).flatMap(LinearSearch::compiled);
  }

  private static Optional<LinearSearch> compiled(LinearWriter.Written written) {
    try {
      return Optional.of(new LinearSearch(written, Pattern.compile(written.pattern())));
    } catch (PatternSyntaxException refused) {
      return Optional.empty();
    }
  }

  /** Whether the answer for a text is the one that java.util.regex would give. */
  boolean isExactFor(Reading reading) {
    return (!written.onlyAscii() || reading.isAscii())
        && (!written.onlyOneLine() || !reading.hasLineEnd());
  }

  /** What looking through a text costs at most. Units: steps of the machine. */
  long cost(int length) {
    return (long) written.size() * length;
  }

  /** Where the pattern is found. */
  long find(String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Place.of(matcher.start(), matcher.end()) : Place.NOWHERE;
  }
}
