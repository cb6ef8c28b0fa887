package io.orchscope.secret;

import static io.orchscope.secret.ValueForms.bareEnd;
import static io.orchscope.secret.ValueForms.isDigit;
import static io.orchscope.secret.ValueForms.pastBlanks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A secret that follows its word behind nothing but a blank, as configurations and people write it:
 * {@code password 7 0822455D0A16}, {@code enable secret x}, {@code password for user y: x}.
 *
 * <p>A word that gives a reason is none, see {@link ReasonWords}. A word of letters only is one at
 * the end of a statement, or where a configuration stands before it.
 */
final class BareSecret {

  /** Stand between the word and its value in configurations. */
  private static final Set<String> QUALIFIERS =
      Set.of(
          "local",
          "remote",
          "ascii-text",
          "ascii",
          "hexadecimal",
          "hex",
          "encrypted",
          "unencrypted",
          "clear",
          "cleartext",
          "plaintext",
          "md5",
          "level",
          "key-string");

  /** Stand before the word where a secret follows. */
  private static final Set<String> BEFORE =
      Set.of(
          "username",
          "user",
          "enable",
          "neighbor",
          "set",
          "line",
          "isis",
          "ppp",
          "chap",
          "pap",
          "ip",
          "ospf",
          "admin",
          "with",
          "using",
          "bind",
          "use",
          "peer",
          "authentication",
          "server",
          "radius-server",
          "tacacs-server",
          "tacplus-server",
          "sent-username");

  private static final Set<String> USERS =
      Set.of("user", "username", "login", "usr", "account", "uid", "userid");

  private static final Set<String> PARTS = Set.of("and", "with", "using");

  private static final String PARTING = ",;/&:=";
  private static final int LOGIN_WORDS = 6;

  private static final Set<String> KEYED =
      Set.of("radius", "tacacs", "isakmp", "md5", "tacplus", "ldap", "hmac");

  private static final int MOST_QUALIFIERS = 4;
  private static final int LOOK_BACK = 56;
  private static final int LONGEST_OWNER = 80;
  private static final int LONGEST_QUALIFIER = 12;

  private final String line;
  private final MaskedLine masked;

  BareSecret(String line, MaskedLine masked) {
    this.line = line;
    this.masked = masked;
  }

  /** Behind {@code password} and its kin, where neither a sign nor a quote follows. */
  void behind(int from, int to) {
    int value = pastBlanks(line, to);
    if (value == to || value >= line.length()) {
      return;
    }
    if ("[(<".indexOf(line.charAt(value)) >= 0) {
      bracketed(value);
    } else if (isWord(value, "for") || isWord(value, "of")) {
      owned(value);
    } else if (isWord(value, "is") || isWord(value, "was")) {
      said(value);
    } else {
      int secret = pastQualifiers(value);
      secret(from, secret, secret > value);
    }
  }

  /** Behind {@code pass} and its kin in prose that names a user: {@code user x, pass y}. */
  void behindLogin(int from, int to) {
    int value = pastBlanks(line, to);
    if (value == to || value >= line.length() || ValueForms.isQuote(line, to)) {
      return;
    }
    int end = bareEnd(line, value);
    boolean isCount = line.substring(value, end).chars().allMatch(c -> isDigit((char) c));
    if (isBehindUser(before(from)) && !isCount && !ReasonWords.isOne(line, value, end)) {
      mask(value);
    }
  }

  /** Whether the words before name a user: {@code user x pass}, {@code user x, pass}. */
  private static boolean isBehindUser(String before) {
    List<String> words = lastWords(before);
    if (words.isEmpty()) {
      return false;
    }
    String end = before.stripTrailing();
    boolean isSign = PARTING.indexOf(end.charAt(end.length() - 1)) >= 0;
    if (isSign || PARTS.contains(words.get(0))) {
      int as = words.indexOf("as");
      return words.stream().anyMatch(USERS::contains) || (as >= 1 && as <= 2);
    }
    return words.size() > 1 && USERS.contains(words.get(1));
  }

  /** The last words of a text, the nearest first. */
  private static List<String> lastWords(String text) {
    List<String> words = new ArrayList<>(LOGIN_WORDS);
    int end = text.length();
    while (end > 0 && words.size() < LOGIN_WORDS) {
      int from = end;
      while (from > 0
          && text.charAt(from - 1) > ' '
          && PARTING.indexOf(text.charAt(from - 1)) < 0) {
        from--;
      }
      if (from < end) {
        words.add(text.substring(from, end));
      }
      end = from < end ? from : end - 1;
    }
    return words;
  }

  /** Behind {@code key}, which means much else where no protocol with keys is named before it. */
  void behindKey(int from, int to) {
    int value = pastBlanks(line, to);
    if (value == to || value >= line.length()) {
      return;
    }
    int secret = pastQualifiers(value);
    boolean isKeyed = KEYED.stream().anyMatch(before(from)::contains);
    int end = bareEnd(line, secret);
    boolean looksEncrypted =
        secret > value
            && line.substring(secret, end).chars().anyMatch(c -> c == '$' || isDigit((char) c));
    if ((isKeyed || looksEncrypted) && !ReasonWords.isOne(line, secret, end)) {
      mask(secret);
    }
  }

  private void secret(int word, int from, boolean isQualified) {
    if (from >= line.length() || line.startsWith("--", from)) {
      return;
    }
    int end = bareEnd(line, from);
    if (ReasonWords.isOne(line, from, end)) {
      return;
    }
    boolean isPlain =
        line.substring(from, end)
            .chars()
            .allMatch(c -> Character.isLetter(c) || ".,:;!?".indexOf(c) >= 0);
    int next = pastBlanks(line, end);
    boolean isEnd = next >= ValueForms.contentEnd(line) || ";&|#".indexOf(line.charAt(next)) >= 0;
    if (!isPlain || isQualified || isEnd || isConfigured(word)) {
      mask(from);
    }
  }

  /** {@code password [x] rejected}. */
  private void bracketed(int from) {
    int end = from + 1;
    while (end < line.length() && "])> \t".indexOf(line.charAt(end)) < 0) {
      end++;
    }
    boolean isClosed = end < line.length() && line.charAt(end) > ' ';
    if (isClosed && !ReasonWords.isOne(line, from + 1, end)) {
      masked.mask(from + 1, end);
    }
  }

  /** {@code password for user y: x}. */
  private void owned(int from) {
    int latest = Math.min(line.length(), from + LONGEST_OWNER);
    for (int at = from; at + 1 < latest; at++) {
      char character = line.charAt(at);
      if (character == ';' || character == ',') {
        return;
      }
      if (character == ':' && line.charAt(at + 1) <= ' ') {
        int value = pastBlanks(line, at + 1);
        if (value < line.length() && !ReasonWords.isOne(line, value, bareEnd(line, value))) {
          mask(value);
        }
        return;
      }
    }
  }

  /** {@code password is x}, {@code password was: x}. */
  private void said(int from) {
    int end = bareEnd(line, from);
    int value = pastBlanks(line, end);
    boolean isSaid = line.charAt(end - 1) == ':';
    if (value < line.length()) {
      secret(isSaid ? value : from, value, isSaid);
    }
  }

  private void mask(int from) {
    int begin = ValueForms.opened(line, from);
    if (begin > from) {
      masked.mask(begin, ValueForms.closed(line, begin));
    } else if ("{[(<".indexOf(line.charAt(from)) < 0) {
      masked.mask(from, bareEnd(line, from));
    }
  }

  private int pastQualifiers(int value) {
    int at = value;
    for (int count = 0; count < MOST_QUALIFIERS; count++) {
      int end = bareEnd(line, at);
      int next = pastBlanks(line, end);
      if (next == end || next >= ValueForms.contentEnd(line) || !isQualifier(at, end)) {
        return at;
      }
      at = next;
    }
    return at;
  }

  private boolean isQualifier(int from, int to) {
    if (to - from > LONGEST_QUALIFIER) {
      return false;
    }
    String word = line.substring(from, to).toLowerCase(Locale.ROOT);
    boolean isNumber = word.length() <= 3 && word.chars().allMatch(c -> isDigit((char) c));
    return isNumber || QUALIFIERS.contains(word);
  }

  private boolean isConfigured(int word) {
    String before = before(word);
    int end = before.length();
    while (end > 0) {
      int from = end;
      while (from > 0 && isOfName(before.charAt(from - 1))) {
        from--;
      }
      if (from < end && BEFORE.contains(before.substring(from, end))) {
        return true;
      }
      end = from < end ? from : end - 1;
    }
    return false;
  }

  private static boolean isOfName(char character) {
    return (character >= 'a' && character <= 'z') || character == '-';
  }

  private String before(int word) {
    return line.substring(Math.max(0, word - LOOK_BACK), word).toLowerCase(Locale.ROOT);
  }

  private boolean isWord(int from, String word) {
    int end = from + word.length();
    return line.regionMatches(true, from, word, 0, word.length())
        && end < line.length()
        && (line.charAt(end) <= ' ' || line.charAt(end) == ':');
  }
}
