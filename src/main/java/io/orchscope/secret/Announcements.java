package io.orchscope.secret;

import static io.orchscope.secret.ValueForms.bareEnd;
import static io.orchscope.secret.ValueForms.closed;
import static io.orchscope.secret.ValueForms.isDigit;
import static io.orchscope.secret.ValueForms.opened;
import static io.orchscope.secret.ValueForms.pastBlanks;

import io.orchscope.secret.SecretWords.Announces;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What stands behind the words that announce secrets, and is masked. */
final class Announcements {

  private static final Set<String> SCHEMES =
      Set.of("bearer", "basic", "token", "apikey", "digest", "negotiate", "ntlm");

  private static final String CDATA = "<![CDATA[";
  private static final int LONGEST_SCHEME = 12;
  private static final int SHORTEST_TOKEN_OF_LETTERS = 16;
  private static final int LONGEST_CODE = 3;
  private static final int SHORTEST_ENCODED = 8;

  /** {@code token}, without what makes it a name of data. */
  private static final int LONGEST_PLAIN_WORD = "token".length();

  /** Quotes where XML is written in XML. */
  private static final List<String> QUOTE_ENTITIES = List.of("&quot;", "&apos;", "&#34;", "&#39;");

  private static final int LONGEST_LIST = 2_000;

  private final String line;
  private final MaskedLine masked;
  private final NestedValues nested;
  private int noListEndsBefore;

  Announcements(String line, MaskedLine masked) {
    this.line = line;
    this.masked = masked;
    this.nested = new NestedValues(line, masked);
  }

  /** Masks what is announced by the word between two places, if it is one that announces. */
  void behind(int from, int to) {
    Announces announces = SecretWords.of(line, from, to);
    switch (announces) {
      case NOTHING -> {}
      case BEARER -> masked.bearer(to);
      case BASIC -> masked.basic(to);
      case AUTH -> auth(from, to);
      case AUTHORIZATION -> authorization(from, to);
      case COOKIE -> cookie(from, to);
      case COMMUNITY -> new Community(line, masked).behind(from, to);
      case WITH_BLANK -> new BareSecret(line, masked).behindKey(from, to);
      default -> secret(announces, from, to);
    }
  }

  private void secret(Announces announces, int from, int to) {
    int value = Signs.behind(line, from, to);
    if (value >= 0) {
      boolean isEquals = isBehindEquals(to, value);
      boolean isSecret =
          switch (announces) {
            case TOKEN -> isEquals || !isProse(from, to, value);
            case WITH_SIGN_IN_DATA, LOGIN ->
                isEquals || (!isReason(value) && !isShortNumber(from, value));
            case CODE -> !isReason(value) && (isEquals || !isShortNumber(from, value));
            case WITH_EQUALS -> isEquals;
            default -> isEquals || !isReason(value);
          };
      if (isSecret) {
        value(from, to, value);
      }
    } else if (isCall(from, to)) {
      nested.mask(to, Character.isUpperCase(line.charAt(from)));
    } else if (line.startsWith("--", from) && isArgument(to)) {
      value(from, to, pastBlanks(line, to));
    } else if (announces == Announces.LOGIN) {
      new BareSecret(line, masked).behindLogin(from, to);
    } else if (announces == Announces.TOKEN && to - from == LONGEST_PLAIN_WORD) {
      masked.bearer(to);
    } else if (announces == Announces.WITH_SIGN_OR_BLANK && !quoted(pastBlanks(line, to), to)) {
      new BareSecret(line, masked).behind(from, to);
    }
  }

  private boolean isArgument(int to) {
    int at = pastBlanks(line, to);
    return at > to && at < line.length() && line.charAt(at) != '-';
  }

  /** Masks the value that begins at a place: quoted, bare, or each of a list. */
  private void value(int word, int wordEnd, int place) {
    int from = pastBlockSign(place);
    char first = line.charAt(from);
    int constructor = nested.constructor(from);
    if ((first == '[' || first == '(') && isClosedList(from)) {
      nested.mask(from, true);
    } else if (first == '{' && !line.startsWith("{{", from)) {
      nested.mask(from, true);
    } else if (constructor > 0 && isClosedList(constructor)) {
      masked.mask(from, noListEndsBefore + 1);
    } else if (first == '<' && from + 1 < line.length() && isLetter(from + 1)) {
      nested.elements(from, line.substring(word, wordEnd));
    } else if (line.startsWith(CDATA, from)) {
      int end = line.indexOf("]]>", from);
      masked.mask(from + CDATA.length(), end < 0 ? ValueForms.contentEnd(line) : end);
    } else if (first == '!' && line.startsWith("!!", from)) {
      yamlTag(from);
    } else if (first != '{' && first != '<' && !quoted(from, from - 1)) {
      bare(from);
    }
  }

  /** {@code |- x}: YAML says before a value how its line ends are read. */
  private int pastBlockSign(int from) {
    int end = from;
    if ("|>".indexOf(line.charAt(end)) >= 0) {
      end++;
      while (end < line.length()
          && (isDigit(line.charAt(end)) || "+-".indexOf(line.charAt(end)) >= 0)) {
        end++;
      }
    }
    int value = pastBlanks(line, end);
    return end > from && value > end && value < ValueForms.contentEnd(line) ? value : from;
  }

  /** {@code !!str x}: YAML names the type of a value before it. */
  private void yamlTag(int from) {
    int value = pastBlanks(line, bareEnd(line, from));
    if (value < line.length() && !quoted(value, value - 1)) {
      masked.mask(value, bareEnd(line, value));
    }
  }

  /** Looks nowhere twice: lists that never close may begin again and again. */
  private boolean isClosedList(int from) {
    int latest = Math.min(line.length(), from + LONGEST_LIST);
    int at = Math.max(from, noListEndsBefore);
    while (at < latest && line.charAt(at) != ']' && line.charAt(at) != ')') {
      at++;
    }
    noListEndsBefore = at;
    return at < latest;
  }

  private boolean isLetter(int at) {
    return Character.isLetter(line.charAt(at));
  }

  /**
   * Whether brackets open directly behind a word: {@code Password(x)}, {@code setPassword("x")}.
   */
  private boolean isCall(int from, int to) {
    if (to + 1 >= line.length()) {
      return false;
    }
    boolean isType = Character.isUpperCase(line.charAt(from));
    char first = line.charAt(to);
    return (first == '(' || (isType && (first == '[' || first == '{'))) && isClosedList(to);
  }

  /** {@code auth=('user', 'x')}, {@code auth=user:x}, {@code HTTPBasicAuth('user', 'x')}. */
  private void auth(int from, int to) {
    int value = Signs.behind(line, from, to);
    if (value < 0) {
      if (isCall(from, to)) {
        nested.mask(to, Character.isUpperCase(line.charAt(from)));
      }
      return;
    }
    char first = line.charAt(value);
    if (first == '(' || first == '[' || (nested.constructor(value) > 0 && first != '{')) {
      value(from, to, value);
      return;
    }
    int begin = opened(line, value);
    int end = begin > value ? closed(line, begin) : bareEnd(line, value);
    int colon = line.indexOf(':', begin);
    boolean isLogin = colon > begin && colon + 1 < end && !line.startsWith("://", colon);
    if (isLogin || isEncoded(begin, end)) {
      masked.mask(begin, end);
    }
  }

  /** Whether a value looks like Base64 and not like a word. */
  private boolean isEncoded(int from, int to) {
    boolean hasSmall = false;
    boolean hasLarge = false;
    boolean hasOther = false;
    for (int at = from; at < to; at++) {
      char character = line.charAt(at);
      hasSmall |= Character.isLowerCase(character);
      hasLarge |= Character.isUpperCase(character);
      hasOther |= isDigit(character) || character == '=';
      if (!Character.isLetterOrDigit(character) && "+/=_-".indexOf(character) < 0) {
        return false;
      }
    }
    return to - from >= SHORTEST_ENCODED && hasSmall && hasLarge && hasOther;
  }

  private void bare(int from) {
    if (line.startsWith(KeyBody.BEGIN, from)) {
      masked.goOnAt(from);
    } else {
      masked.mask(from, bareEnd(line, from));
    }
  }

  /** Masks what is quoted at a place, unless the place is the word's own end. */
  private boolean quoted(int from, int wordEnd) {
    for (String entity : QUOTE_ENTITIES) {
      if (line.startsWith(entity, from)) {
        int begin = from + entity.length();
        int end = line.indexOf(entity, begin);
        masked.mask(begin, end < 0 ? ValueForms.contentEnd(line) : end);
        return true;
      }
    }
    int content = opened(line, from);
    if (content == from || from == wordEnd) {
      return false;
    }
    if (line.startsWith(KeyBody.BEGIN, content)) {
      masked.goOnAt(content);
    } else {
      masked.mask(content, closed(line, content));
    }
    return true;
  }

  /** Whether an equals sign parts the word from its value. */
  private boolean isBehindEquals(int to, int value) {
    int at = value;
    while (at > to && line.charAt(at - 1) <= ' ') {
      at--;
    }
    char sign = line.charAt(at - 1);
    return sign == '=' || sign == '>';
  }

  /** Whether a bare word stands behind a colon that says what is the matter with the secret. */
  private boolean isReason(int from) {
    return opened(line, from) == from && ReasonWords.isOne(line, from, bareEnd(line, from));
  }

  /** Whether a count stands behind a colon: {@code pass: 3}. */
  private boolean isShortNumber(int word, int from) {
    boolean isQuoted = word > 0 && ValueForms.isQuote(line, word - 1);
    int end = bareEnd(line, from);
    return !isQuoted
        && end - from <= LONGEST_CODE
        && line.substring(from, end).chars().allMatch(c -> isDigit((char) c));
  }

  /** Whether what stands behind a colon is no token, but says what is the matter with it. */
  private boolean isProse(int word, int to, int from) {
    if (opened(line, from) > from) {
      return false;
    }
    if (isReason(from)) {
      return true;
    }
    if (to - word > LONGEST_PLAIN_WORD) {
      return false;
    }
    int end = bareEnd(line, from);
    boolean isWord =
        end - from < SHORTEST_TOKEN_OF_LETTERS
            && line.substring(from, end).chars().allMatch(Character::isLetter);
    boolean isCode =
        end - from <= LONGEST_CODE
            && line.substring(from, end).chars().allMatch(c -> isDigit((char) c));
    return isWord || isCode;
  }

  /** The scheme stays, as in {@code Authorization: Bearer ***}. */
  private void authorization(int from, int to) {
    int place = Signs.behind(line, from, to);
    int value = place >= 0 && line.charAt(place) == '[' ? place + 1 : place;
    if (value < 0 || value >= line.length() || "{[(<".indexOf(line.charAt(value)) >= 0) {
      return;
    }
    int begin = opened(line, value);
    boolean isQuoted = begin > value;
    int end = begin;
    while (end < line.length()
        && end - begin < LONGEST_SCHEME
        && Character.isLetter(line.charAt(end))) {
      end++;
    }
    String scheme = line.substring(begin, end).toLowerCase(Locale.ROOT);
    int credential = pastBlanks(line, end);
    boolean hasScheme = SCHEMES.contains(scheme) && credential > end;
    if (!hasScheme && !isQuoted && isReason(value)) {
      return;
    }
    int secret = hasScheme ? credential : begin;
    if (isQuoted) {
      masked.mask(secret, closed(line, begin));
    } else {
      masked.mask(secret, hasParameters(scheme, begin) ? headerEnd(from) : bareEnd(line, secret));
    }
  }

  /** Whether a header goes on behind the first blank: {@code Digest}, {@code AWS4-HMAC-…}. */
  private boolean hasParameters(String scheme, int begin) {
    return scheme.equals("digest")
        || line.startsWith("HMAC", begin)
        || line.startsWith("AWS4-", begin);
  }

  private void cookie(int from, int to) {
    int value = Signs.behind(line, from, to);
    if (value < 0) {
      return;
    }
    if (line.charAt(value) == '{') {
      int end = line.indexOf('}', value);
      masked.mask(value + 1, end < 0 ? ValueForms.contentEnd(line) : end);
    } else if (!quoted(value, value - 1)) {
      masked.mask(value, Math.max(value, headerEnd(from)));
    }
  }

  /** The end of a header that begins with a word: the line's, or of the quotes around it. */
  private int headerEnd(int from) {
    boolean isQuoted = from > 0 && ValueForms.isQuote(line, from - 1);
    int end = isQuoted ? line.indexOf(line.charAt(from - 1), from) : -1;
    return end < 0 ? ValueForms.contentEnd(line) : end;
  }
}
