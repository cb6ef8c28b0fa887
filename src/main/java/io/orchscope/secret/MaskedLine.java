package io.orchscope.secret;

import static io.orchscope.secret.ValueForms.bareEnd;
import static io.orchscope.secret.ValueForms.isDigit;
import static io.orchscope.secret.ValueForms.isOfWord;
import static io.orchscope.secret.ValueForms.pastBlanks;

import java.util.List;

/**
 * One line on its way through the mask: read once from its beginning to its end, word by word.
 *
 * <p>What is masked is never read again, so that no line costs more than in proportion to its
 * length.
 */
final class MaskedLine {

  private static final int SHORTEST_CREDENTIAL = 16;
  private static final int SHORTEST_BASIC = 8;
  private static final int SHORTEST_TOKEN_IN_PATH = 8;
  private static final int SHORTEST_TOKEN_AS_USER = 12;
  private static final int SHORTEST_HASH = 4;
  private static final int SHORTEST_JWT = 30;
  private static final int LONGEST_PASSWORD_IN_URL = 100;
  private static final int SHORTEST_KNOWN_TOKEN = 18;
  private static final List<String> KNOWN_TOKENS =
      List.of(
          "AKIA",
          "ASIA",
          "ghp_",
          "gho_",
          "ghs_",
          "ghu_",
          "ghr_",
          "github_pat_",
          "glpat-",
          "glrt-",
          "glsa_",
          "xoxa-",
          "xoxb-",
          "xoxp-",
          "xoxr-",
          "xoxs-",
          "xapp-",
          "npm_",
          "pypi-",
          "hvs.",
          "hvb.",
          "SG.",
          "ya29.",
          "AIza",
          "sk_live_",
          "rk_live_",
          "sk-",
          "dckr_pat_",
          "ATATT");
  private static final String TOKENS = "/tokens/";

  private final String line;
  private final KeyBody key;
  private final Announcements announcements;
  private final Phrases phrases;
  private final Logins logins;
  private final Spans spans;
  private int secrets;
  private int at;

  MaskedLine(String line, KeyBody key, Spans spans) {
    this.spans = spans;
    this.line = line;
    this.key = key;
    this.announcements = new Announcements(line, this);
    this.phrases = new Phrases(line, this);
    this.logins = new Logins(line, this);
  }

  int secrets() {
    return secrets;
  }

  void scan() {
    if (key.isOpen()) {
      keyBody();
    }
    while (at < line.length()) {
      char character = line.charAt(at);
      if (isOfWord(character)) {
        word();
      } else if (character == ':' && line.startsWith("://", at)) {
        password();
      } else if (character == '$') {
        hash();
      } else if (character == '/' && line.startsWith(TOKENS, at)) {
        tokenInPath();
      } else {
        if (character == '@') {
          logins.before(at);
        }
        at++;
      }
    }
    phrases.secretData();
  }

  /** Whether a part of what stands behind a place is masked. */
  boolean isMaskedBehind(int place) {
    return !spans.isEmpty() && spans.to(spans.count() - 1) > place;
  }

  /** Puts the mark in place of a part, which is never before what was masked already. */
  boolean mask(int from, int to) {
    if (from >= to || ValueForms.isNothing(line, from, to)) {
      return false;
    }
    replace(from, to);
    secrets++;
    return true;
  }

  /** What begins at a place is looked at next. */
  void goOnAt(int place) {
    at = place;
  }

  /** Marks a part without moving on; it may be before what was masked already. */
  void note(int from, int to) {
    if (from < to && !ValueForms.isNothing(line, from, to) && spans.add(from, to)) {
      secrets++;
    }
  }

  private void replace(int from, int to) {
    spans.add(from, to);
    at = to;
  }

  private void word() {
    int from = at;
    while (at < line.length() && isOfWord(line.charAt(at))) {
      at++;
    }
    if (line.startsWith(KeyBody.BEGIN, at - KeyBody.BEGIN.length() + 1)) {
      privateKey(at - KeyBody.BEGIN.length() + 1);
    } else if (isJwt(from, at) || isToken(from, at)) {
      mask(from, at);
    } else {
      int to = at;
      announcements.behind(from, to);
      phrases.behind(from, to);
    }
  }

  /** Tokens of well-known makers, which begin in a way of their own. */
  private boolean isToken(int from, int to) {
    if (to - from < SHORTEST_KNOWN_TOKEN) {
      return false;
    }
    for (String prefix : KNOWN_TOKENS) {
      if (line.startsWith(prefix, from)) {
        return true;
      }
    }
    return false;
  }

  private boolean isJwt(int from, int to) {
    if (to - from < SHORTEST_JWT || !line.startsWith("eyJ", from)) {
      return false;
    }
    int dots = 0;
    for (int place = from; place < to; place++) {
      dots += line.charAt(place) == '.' ? 1 : 0;
    }
    return dots >= 2;
  }

  private void privateKey(int from) {
    int body = KeyBody.bodyBegins(line, from);
    if (body < 0) {
      return;
    }
    secrets++;
    int end = line.indexOf(KeyBody.END, body);
    int to = end < 0 ? ValueForms.contentEnd(line) : end;
    if (!line.substring(body, to).isBlank()) {
      replace(body, to);
    }
    at = to;
    if (end < 0) {
      key.open();
    }
  }

  private void keyBody() {
    int end = line.indexOf(KeyBody.END);
    int to = end < 0 ? KeyBody.partEnds(line) : end;
    boolean isBetween = KeyBody.isBetween(line);
    int from = isBetween ? -1 : KeyBody.part(line, to);
    if (from >= 0) {
      replace(from, to);
    }
    key.goOn(line.length());
    if (end >= 0 || (from < 0 && !isBetween)) {
      key.close();
    }
  }

  /** {@code https://user:password@host}, also where the password should have been encoded. */
  private void password() {
    int from = at + "://".length();
    int colon = -1;
    int sign = -1;
    int end = from;
    while (end < line.length() && !endsAuthority(line.charAt(end))) {
      if (line.charAt(end) == ':' && colon < 0) {
        colon = end;
      } else if (line.charAt(end) == '@') {
        sign = end;
      }
      end++;
    }
    boolean isPort = colon + 1 == end || (colon >= 0 && isDigit(line.charAt(colon + 1)));
    if (sign < 0 && colon >= 0 && !isPort && end < line.length() && line.charAt(end) > ' ') {
      sign = signBehind(end);
    }
    int user = colon >= 0 && colon < sign ? colon : sign;
    boolean isTokenAsUser = isTokenAsUser(from, user) && mask(from, user);
    boolean isPassword = colon >= 0 && sign >= colon && mask(colon + 1, sign);
    if (!isTokenAsUser && !isPassword) {
      at = from;
    }
  }

  /** {@code https://token@host}: servers of the web take a token in place of the user. */
  private boolean isTokenAsUser(int from, int to) {
    int scheme = from - "://".length();
    boolean isWeb =
        line.regionMatches(true, scheme - 4, "http", 0, 4)
            || line.regionMatches(true, scheme - 5, "https", 0, 5);
    if (!isWeb || to - from < SHORTEST_TOKEN_AS_USER) {
      return false;
    }
    boolean hasDigit = false;
    boolean hasLetter = false;
    for (int place = from; place < to; place++) {
      hasDigit |= isDigit(line.charAt(place));
      hasLetter |= Character.isLetter(line.charAt(place));
    }
    return hasDigit && hasLetter;
  }

  private int signBehind(int place) {
    int latest = Math.min(line.length(), place + LONGEST_PASSWORD_IN_URL);
    for (int next = place; next < latest; next++) {
      char character = line.charAt(next);
      if (character == '@') {
        return next;
      }
      if (character <= ' ' || ValueForms.isQuote(line, next)) {
        return -1;
      }
    }
    return -1;
  }

  private static boolean endsAuthority(char character) {
    return character <= ' ' || "/?#\"'`<>\\".indexOf(character) >= 0;
  }

  /** {@code $9$…} of Junos, and what {@code crypt} writes. */
  private void hash() {
    int from = at;
    int sign = from + 1;
    while (sign < line.length()
        && sign - from <= 2
        && Character.isLetterOrDigit(line.charAt(sign))) {
      sign++;
    }
    boolean isHash =
        sign < line.length() && line.charAt(sign) == '$' && isDigit(line.charAt(from + 1));
    int end = isHash ? bareEnd(line, sign + 1) : sign;
    if (!isHash || end - sign <= SHORTEST_HASH || !mask(from, end)) {
      at = from + 1;
    }
  }

  /** MDSO's tokens are ended by their name in a path. */
  private void tokenInPath() {
    int from = at + TOKENS.length();
    int end = from;
    while (end < line.length() && !endsToken(end)) {
      end++;
    }
    if (end - from < SHORTEST_TOKEN_IN_PATH || !mask(from, end)) {
      at = from;
    }
  }

  private boolean endsToken(int place) {
    char character = line.charAt(place);
    boolean isPunctuation = ",;:.".indexOf(character) >= 0;
    return character <= ' '
        || "?#\"'`<>()[]{}\\|".indexOf(character) >= 0
        || (isPunctuation && (place + 1 >= line.length() || line.charAt(place + 1) <= ' '));
  }

  /** What stands behind the word Bearer, unless that is prose. */
  void bearer(int word) {
    int from = pastBlanks(line, word);
    int end = from;
    boolean hasDigit = false;
    while (end < line.length() && isOfCredential(line.charAt(end))) {
      hasDigit |= isDigit(line.charAt(end));
      end++;
    }
    if (from > word && hasDigit && end - from >= SHORTEST_CREDENTIAL) {
      mask(from, end);
    }
  }

  /** What stands behind the word Basic, unless that is prose. */
  void basic(int word) {
    int from = pastBlanks(line, word);
    int end = from;
    boolean isEncoded = false;
    while (end < line.length() && isOfCredential(line.charAt(end))) {
      char character = line.charAt(end);
      isEncoded |=
          isDigit(character)
              || character == '='
              || (end > from && Character.isUpperCase(character));
      end++;
    }
    if (from > word && isEncoded && end - from >= SHORTEST_BASIC) {
      mask(from, end);
    }
  }

  private static boolean isOfCredential(char character) {
    return isOfWord(character) || "~+/=".indexOf(character) >= 0;
  }
}
