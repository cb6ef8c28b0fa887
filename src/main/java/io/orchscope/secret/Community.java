package io.orchscope.secret;

import static io.orchscope.secret.ValueForms.bareEnd;
import static io.orchscope.secret.ValueForms.closed;
import static io.orchscope.secret.ValueForms.opened;
import static io.orchscope.secret.ValueForms.pastBlanks;

import java.util.Locale;
import java.util.Set;

/**
 * What stands behind the word community: the secret of SNMP, the name of a list of routes ({@code
 * community add BLUE}, {@code 65000:100}), or prose.
 */
final class Community {

  private static final Set<String> NO_SECRET =
      Set.of(
          "add", "set", "delete", "remove", "members", "is", "was", "has", "of", "for", "and", "or",
          "in", "not", "the", "to", "on", "at", "with", "from", "that", "list");

  /** What follows the secret in configurations. */
  private static final Set<String> FOLLOWS =
      Set.of("ro", "rw", "view", "authorization", "access", "{", ";");

  private static final Set<String> BETWEEN = Set.of("string", "name");
  private static final int LONGEST_ROUTES = 64;
  private static final String PROTOCOL = "snmp";

  private final String line;
  private final MaskedLine masked;

  Community(String line, MaskedLine masked) {
    this.line = line;
    this.masked = masked;
  }

  void behind(int from, int to) {
    int value = Signs.behind(line, from, to);
    int blank = pastBlanks(line, to);
    if (value >= 0) {
      secret(value);
    } else if (blank > to && blank < line.length()) {
      afterBlank(from, blank);
    }
  }

  private void afterBlank(int from, int place) {
    int digit = bareEnd(line, place);
    boolean isKind =
        digit == place + 1
            && ValueForms.isDigit(line.charAt(place))
            && pastBlanks(line, digit) < ValueForms.contentEnd(line)
            && !isFollowed(digit);
    int value = isKind ? pastBlanks(line, digit) : place;
    int end = isKind ? bareEnd(line, value) : digit;
    String word = lower(value, end);
    if (opened(line, value) > value) {
      secret(value);
    } else if (BETWEEN.contains(word.replace(":", ""))) {
      int next = pastBlanks(line, end);
      boolean isSaid = word.endsWith(":") || !ReasonWords.isOne(line, next, bareEnd(line, next));
      if (next > end && next < line.length() && isSaid) {
        secret(next);
      }
    } else if (!NO_SECRET.contains(word)
        && !ReasonWords.isOne(line, value, end)
        && (speaksOfSnmp(from) || isFollowed(end))) {
      secret(value);
    }
  }

  private void secret(int from) {
    int begin = opened(line, from);
    int end = begin > from ? closed(line, begin) : bareEnd(line, from);
    if (begin > from || "{[(<".indexOf(line.charAt(from)) < 0) {
      if (!isOfRoutes(begin, end)) {
        masked.mask(begin, end);
      }
    }
  }

  /** {@code 65000:100}, {@code target:65000:100}. */
  private boolean isOfRoutes(int from, int to) {
    int colon = to - from <= LONGEST_ROUTES ? line.indexOf(':', from) : -1;
    return colon > from
        && colon + 1 < to
        && ValueForms.isDigit(line.charAt(colon + 1))
        && ValueForms.isDigit(line.charAt(to - 1));
  }

  private boolean isFollowed(int end) {
    int next = pastBlanks(line, end);
    if (next >= ValueForms.contentEnd(line)) {
      return true;
    }
    return FOLLOWS.contains(line.substring(next, next + 1))
        || FOLLOWS.contains(lower(next, Math.min(bareEnd(line, next), next + 16)));
  }

  /** Looked for in the words just before: nobody writes a line of settings longer than that. */
  private boolean speaksOfSnmp(int from) {
    int first = Math.max(0, from - 64);
    return lower(first, from).contains(PROTOCOL);
  }

  private String lower(int from, int to) {
    return line.substring(from, to).toLowerCase(Locale.ROOT);
  }
}
