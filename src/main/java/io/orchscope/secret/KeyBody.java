package io.orchscope.secret;

/**
 * Whether the lines of a log are inside of a private key (PEM), and what of them is its body.
 *
 * <p>Shape: {@code -----BEGIN … PRIVATE KEY-----}, lines of base64, {@code -----END…}. A key that
 * never ends is over with the first line that cannot belong to one.
 */
final class KeyBody {

  static final String BEGIN = "-----BEGIN ";
  static final String END = "-----END";

  private static final String PRIVATE = "PRIVATE KEY-----";

  /** How far behind the beginning the words may stand; other kinds of key stand between. */
  private static final int LONGEST_KIND = 32;

  /** Shorter ones behind a prefix may be words. */
  private static final int SHORTEST_RUN = 16;

  /** In characters; the largest keys that there are have some 13,000. */
  private static final int LONGEST = 64 * 1024;

  private boolean isOpen;
  private int read;

  boolean isOpen() {
    return isOpen;
  }

  void open() {
    isOpen = true;
    read = 0;
  }

  /** So many more characters have been of it; what never ends is no key. */
  void goOn(int characters) {
    read += characters;
    if (read > LONGEST) {
      close();
    }
  }

  void close() {
    isOpen = false;
  }

  /** Where the body of a key begins whose first line begins at a place; -1 for other things. */
  static int bodyBegins(String line, int from) {
    int latest = Math.min(line.length(), from + BEGIN.length() + LONGEST_KIND);
    for (int at = from + BEGIN.length(); at < latest; at++) {
      if (line.startsWith(PRIVATE, at)) {
        return at + PRIVATE.length();
      }
    }
    return -1;
  }

  /** Where a line's part of the body begins, which reaches to {@code end}; -1 where it has none. */
  static int part(String line, int end) {
    int from = end;
    while (from > 0 && isBase64(line.charAt(from - 1))) {
      from--;
    }
    boolean isWholeLine = end > 0 && line.substring(0, from).isBlank() && from < end;
    return isWholeLine || end - from >= SHORTEST_RUN ? from : -1;
  }

  /** The end of what may be body: before line ends, quotes and what else programs put there. */
  static int partEnds(String line) {
    int end = line.length();
    while (end > 0) {
      char last = line.charAt(end - 1);
      if (last == 'n' && end > 1 && line.charAt(end - 2) == '\\') {
        end -= 2;
      } else if (last <= ' ' || last == '"' || last == '\'' || last == ',' || last == '\\') {
        end--;
      } else {
        break;
      }
    }
    return end;
  }

  /** Whether a line without a body may stand inside of a key: nothing, or {@code Proc-Type: 4}. */
  static boolean isBetween(String line) {
    return line.isBlank() || line.contains("Proc-Type:") || line.contains("DEK-Info:");
  }

  private static boolean isBase64(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || character == '+'
        || character == '/'
        || character == '=';
  }
}
